import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom, station } from './models.ts';
import { covers, publishedCases } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Erlang's delay formula: the probability of waiting with `c` servers and `a` offered Erlangs. */
function erlangC(c: number, a: number): number {
  let inverse = 1;
  for (let k = 1; k <= c; k++) inverse = 1 + (inverse * k) / a;
  const blocking = 1 / inverse;
  const rho = a / c;
  return blocking / (1 - rho + rho * blocking);
}

describe('a single queue', () => {
  it('with exponential arrivals and work is M/M/1', async () => {
    const { model } = await modelFrom(station({ takes: 'exp(1 ms)', cores: 1, rate: '700/s', run: '80 s' }));
    const result = simulate(model, 'q.S');
    const rho = 0.7;
    covers(measure(result, 'q.Job', 'mean'), 0.001 / (1 - rho));
    covers(measure(result, 'q.Job', 'p50'), (0.001 / (1 - rho)) * Math.LN2);
    covers(measure(result, 'q.Job', 'p95'), (0.001 / (1 - rho)) * Math.log(20));
    covers(measure(result, 'q.D.n', 'utilization'), rho);
    covers(measure(result, 'q.D.n', 'queue'), rho ** 2 / (1 - rho));
    covers(measure(result, 'q.Server.serve', 'wait'), (0.001 * rho) / (1 - rho));
    covers(measure(result, 'q.Server.serve', 'concurrency'), rho / (1 - rho));
    covers(measure(result, 'q.Job', 'rate'), 700);
    expect(result.findings).toEqual([]);
  });

  it('with several cores is M/M/c', async () => {
    const saturated = 'expect saturation(n) < 99 %  expect saturation(Server) < 99 %';
    const { model } = await modelFrom(
      station({ takes: 'exp(1 ms)', cores: 4, rate: '3200/s', run: '25 s', expect: saturated }),
    );
    const result = simulate(model, 'q.S');
    const wait = (erlangC(4, 3.2) / (4 - 3.2)) * 0.001;
    covers(measure(result, 'q.Server.serve', 'wait'), wait);
    covers(measure(result, 'q.Job', 'mean'), wait + 0.001);
    covers(measure(result, 'q.D.n', 'utilization'), 0.8);
    // Whoever comes at random finds what holds all the time: he waits as often as all cores are busy.
    covers(measure(result, 'q.D.n', 'saturation'), erlangC(4, 3.2));
    covers(measure(result, 'q.Server', 'saturation'), erlangC(4, 3.2));
    const sharing = await modelFrom(
      station({ takes: 'exp(1 ms)', cores: 4, rate: '3200/s', run: '25 s', expect: saturated }).replace(
        'cores 4',
        'cores 4 sharing',
      ),
    );
    covers(measure(simulate(sharing.model, 'q.S'), 'q.D.n', 'saturation'), erlangC(4, 3.2));
  });

  const services = [
    { takes: 'constant(1 ms)', squaredVariation: 0 },
    { takes: 'erlang(4, 1 ms)', squaredVariation: 0.25 },
    { takes: 'uniform(0 ms, 2 ms)', squaredVariation: 1 / 3 },
    { takes: 'mixture(50 %: exp(0.5 ms), 50 %: exp(1.5 ms))', squaredVariation: 1.5 },
  ];
  for (const { takes, squaredVariation } of services) {
    it(`waits as Pollaczek and Khinchine say when work is ${takes}`, async () => {
      const { model, problems } = await modelFrom(station({ takes, cores: 1, rate: '600/s', run: '60 s' }));
      expect(problems).toEqual([]);
      const result = simulate(model, 'q.S');
      covers(measure(result, 'q.D.n', 'wait'), (0.001 * 0.6 * (1 + squaredVariation)) / (2 * 0.4));
    });
  }

  it('never waits where no cores are declared', async () => {
    const { model } = await modelFrom(station({ takes: 'exp(1 ms)', cores: null, rate: '5000/s', run: '5 s' }));
    const result = simulate(model, 'q.S');
    covers(measure(result, 'q.Job', 'mean'), 0.001);
    expect(result.measures.some(({ measure }) => measure === 'utilization')).toBe(false);
  });

  it('with a closed load has the throughput of the machine repair model', async () => {
    const { model } = await modelFrom(
      station({ takes: 'exp(1 ms)', cores: 1, load: 'by 5 users thinking exp(4 ms)', run: '40 s' }),
    );
    const result = simulate(model, 'q.S');
    // Exact mean value analysis: one queueing station and thinking.
    let queue = 0;
    let throughput = 0;
    for (let users = 1; users <= 5; users++) {
      const response = 0.001 * (1 + queue);
      throughput = users / (response + 0.004);
      queue = throughput * response;
    }
    covers(measure(result, 'q.Job', 'throughput'), throughput);
    covers(measure(result, 'q.Job', 'mean'), 5 / throughput - 0.004);
  });

  it('obeys Little’s law at every place', async () => {
    const { model } = await modelFrom(
      station({ takes: 'lognormal(1 ms, 2 ms)', cores: 2, rate: '1500/s', run: '20 s' }),
    );
    const result = simulate(model, 'q.S');
    const at = (element: string, name: string): number => measure(result, element, name).value!;
    expect(at('q.Job', 'concurrency') / (at('q.Job', 'throughput') * at('q.Job', 'mean'))).toBeCloseTo(1, 2);
    expect(at('q.D.n', 'queue') / (at('q.Job', 'rate') * at('q.D.n', 'wait'))).toBeCloseTo(1, 2);
  });
});

describe('a station that never rests', () => {
  it('is busy all the time as far as one can tell, which is not for certain', async () => {
    const { model } = await modelFrom(
      station({ takes: 'exp(1 ms)', cores: 1, load: 'by 50 users thinking 0 s', run: '4 s', replications: 4 }),
    );
    const { value, lower, upper, samples } = measure(simulate(model, 'q.S'), 'q.D.n', 'utilization');
    expect(value).toBe(1);
    expect(upper).toBe(1);
    expect(lower).toBeCloseTo(1 - 3 / samples, 5);
    expect(lower).toBeLessThan(1);
  });
});

describe('published cases', () => {
  for (const name of ['mm1', 'mmc']) {
    it(`of ${name} lie within the intervals`, async (context) => {
      const published = publishedCases(name);
      if (published === null) return context.skip(`the cases of ${name} are not on this machine`);
      // Heavier traffic and many servers need runs too long for here.
      for (const { lam, mu, c = 1, rho, W, Wq, W_p50, W_p95 } of published) {
        if (rho! > 0.85 || c > 20) continue;
        const seconds = Math.round(40_000 / lam! / 1000 + 2);
        const { model } = await modelFrom(
          station({ takes: `exp(${1 / mu!} ms)`, cores: c, rate: `${Math.round(lam! * 1000)}/s`, run: `${seconds} s` }),
        );
        const result = simulate(model, 'q.S');
        covers(measure(result, 'q.Job', 'mean'), W! / 1000);
        covers(measure(result, 'q.D.n', 'wait'), Wq! / 1000);
        covers(measure(result, 'q.Job', 'p50'), W_p50! / 1000);
        covers(measure(result, 'q.Job', 'p95'), W_p95! / 1000);
      }
    });
  }
});
