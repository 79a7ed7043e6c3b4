import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../../src/simulation/analytic/index.ts';
import { simulate } from '../../../src/simulation/index.ts';
import { measure, modelFrom, type Station, station } from '../models.ts';
import { covers, publishedCases } from '../published.ts';

vi.setConfig({ testTimeout: 60_000 });

async function run(of: Station) {
  const text = station(of).replace(/cores (\d+)/, 'cores $1 sharing');
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  return simulate(model, 'q.S');
}

const laws: Readonly<Record<string, (law: Law) => string>> = {
  det: ({ m }) => `constant(${m} s)`,
  exp: ({ m }) => `exp(${m} s)`,
  erlang: ({ m, k }) => `erlang(${k}, ${m} s)`,
  uniform: ({ a, b }) => `uniform(${a} s, ${b} s)`,
};

interface Law {
  readonly dist: string;
  readonly m: number;
  readonly k?: number;
  readonly a?: number;
  readonly b?: number;
}

interface Case {
  readonly lam: number;
  readonly rho: number;
  readonly PS_W: number;
  readonly service: Law;
}

describe('cores that are shared', () => {
  for (const takes of ['constant(1 ms)', 'exp(1 ms)', 'mixture(90 %: exp(0.2 ms), 10 %: exp(8.2 ms))']) {
    it(`of one core, work that takes ${takes} lasts E[S] / (1 - rho) in the mean, whatever its law`, async () => {
      const result = await run({ takes, cores: 1, rate: '600/s', run: '50 s' });
      covers(measure(result, 'q.Job', 'mean'), 0.001 / 0.4);
      covers(measure(result, 'q.D.n', 'utilization'), 0.6);
      covers(measure(result, 'q.Server.serve', 'wait'), 0.001 / 0.4 - 0.001);
      covers(measure(result, 'q.D.n', 'queue'), 0.6 / 0.4 - 0.6);
      expect(result.findings).toEqual([]);
    });
  }

  it('stretches all work alike: x lasts x / (1 - rho)', async () => {
    const { model, problems } = await modelFrom(`package q
component Server { operation small() takes 1 ms  operation large() takes 8 ms }
interaction Small { actor user lifeline s: Server  user -> s.small() }
interaction Large { actor user lifeline s: Server  user -> s.large() }
deployment D { node n { cores 1 sharing  deploy Server } }
scenario S of D { load Small at 200/s  load Large at 50/s  run 60 s  warmup 2 s  replications 10  seed 7 }
`);
    expect(problems).toEqual([]);
    const result = simulate(model, 'q.S');
    covers(measure(result, 'q.Small', 'mean'), 0.001 / 0.4);
    covers(measure(result, 'q.Large', 'mean'), 0.008 / 0.4);
    const { behaviours } = analyse(model, model.scenarios[0]!);
    expect(behaviours.map(({ form, exact, response }) => [form, exact, response.low])).toEqual([
      ['M/G/c sharing', true, expect.closeTo(0.001 / 0.4)],
      ['M/G/c sharing', true, expect.closeTo(0.008 / 0.4)],
    ]);
    expect(result.findings).toEqual([]);
  });

  it('lets as many be present as wait and work at M/M/c', async () => {
    const takes = 'uniform(0 ms, 2 ms)';
    const result = await run({ takes, cores: 4, rate: '3200/s', run: '25 s' });
    // Erlang's delay formula for 4 cores and 3.2 Erlangs: 0.5964 wait, 2.3857 at a time.
    covers(measure(result, 'q.Job', 'mean'), 0.001 + 2.3857 / 3200);
    covers(measure(result, 'q.D.n', 'queue'), 2.3857);
    covers(measure(result, 'q.D.n', 'utilization'), 0.8);
  });

  it('says that it is saturated where more comes than it can do', async () => {
    const result = await run({ takes: 'exp(1 ms)', cores: 1, rate: '1200/s', run: '20 s', replications: 2 });
    expect(result.findings.map(({ code }) => code)).toContain('saturated');
    covers(measure(result, 'q.D.n', 'utilization'), 1);
  });

  it('of a closed load have the throughput of the machine repair model', async () => {
    const load = 'by 5 users thinking exp(4 ms)';
    const result = await run({ takes: 'constant(1 ms)', cores: 1, load, run: '40 s' });
    let queue = 0;
    let throughput = 0;
    for (let users = 1; users <= 5; users++) {
      const response = 0.001 * (1 + queue);
      throughput = users / (response + 0.004);
      queue = throughput * response;
    }
    covers(measure(result, 'q.Job', 'throughput'), throughput);
  });

  it('give the published mean responses', async (context) => {
    const published = publishedCases<Case>('mg1_pk_and_ps');
    if (published === null) return context.skip('the cases of mg1_pk_and_ps are not on this machine');
    let compared = 0;
    for (const { lam, rho, PS_W, service } of published) {
      const law = laws[service.dist];
      if (law === undefined || rho > 0.8) continue;
      const result = await run({
        takes: law(service),
        cores: 1,
        rate: `${lam}/s`,
        run: `${Math.ceil(10_000 / lam)} s`,
      });
      covers(measure(result, 'q.Job', 'mean'), PS_W);
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
  });
});
