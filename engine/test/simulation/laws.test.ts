import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { modelFrom } from './models.ts';
import { covers } from './published.ts';

const judged = async (text: string) => {
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  const result = simulate(model, 'q.S');
  expect(result.findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
  return result;
};

describe('percentiles of waits', () => {
  const station = (server: string, cores: string, expectations: string): string => `package q
component Server { operation serve() takes exp(1 ms) ${server} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { ${cores}  deploy Server } }
scenario S of D { load Job at 700/s  run 60 s  warmup 1 s  replications 10  seed 7 ${expectations} }
`;
  // Of M/M/1: P(W > t) = ρ e^(-(μ - λ) t), and none for the share 1 - ρ.
  const exact = (p: number): number => Math.max(0, Math.log(0.7 / (1 - p)) / 300);
  const asked = (of: string): string =>
    `expect p50(wait(${of})) < 1 s  expect p95(wait(${of})) < 1 s  expect min(wait(${of})) <= 1 s  expect mean(wait(${of})) < 1 s`;

  it.each([
    ['of an operation, for cores', 'Server.serve', '', 'cores 1'],
    ['of a component, for cores', 'Server', '', 'cores 1'],
    ['at a node', 'n', '', 'cores 1'],
    ['of an operation, for threads', 'Server.serve', 'threads 1', ''],
    ['of an operation, where cores serve by priority', 'Server.serve', 'queue priority 1', 'cores 1'],
  ])('%s are those of M/M/1', async (_, of, server, cores) => {
    const { expectations, measures } = await judged(station(server, cores, asked(of)));
    const [p50, p95, min, mean] = expectations;
    covers({ ...p95!, element: of, measure: 'p95', confidence: 0.95, samples: 1, status: 'ok' }, exact(0.95));
    covers({ ...p50!, element: of, measure: 'p50', confidence: 0.95, samples: 1, status: 'ok' }, exact(0.5));
    expect([min!.value, p50!.verdict, p95!.verdict, mean!.verdict]).toEqual([0, 'met', 'met', 'met']);
    expect(mean!.value!).toBeCloseTo((0.001 * 0.7) / 0.3, 3);
    expect(measures.map(({ measure }) => measure)).toContain('p95(wait)');
  });

  it('are worked out in windows too', async () => {
    const { expectations } = await judged(
      station('', 'cores 1', 'expect p95(wait(Server.serve)) < 50 ms in every 10 s'),
    );
    expect([expectations[0]!.verdict, expectations[0]!.window?.windows]).toEqual(['met', 5]);
  });

  it('are not told of a load that never waits', async () => {
    const { expectations } = await judged(station('', '', 'expect p95(wait(Server.serve)) < 50 ms'));
    expect([expectations[0]!.verdict, expectations[0]!.value]).toEqual(['undecided', null]);
  });
});

describe('instances of machines', () => {
  const text = (expectations: string, more = ''): string => `package q
signal Go
machine Order {
  initial -> New
  state New { do takes exp(1 s)  completion -> Risk }
  choice Risk { 25 % -> Review  else -> Done }
  state Review { after 2 s -> Done  ${more} }
  final Done, Lost
}
component Server { operation serve() takes 1 ms }
interaction Job { actor client  lifeline server: Server, order: Order  client -> server.serve() { server ->> order : Go } }
deployment D { node n { deploy Server } }
scenario S of D { load Job at 50/s  run 200 s  warmup 20 s  replications 8  seed 7 ${expectations} }
`;

  it('tell how long they stay, when they get somewhere first, and how many ever do', async () => {
    const { expectations } = await judged(
      text(
        `expect time_in(Order.New) < 2 s  expect p95(time_in(Order.New)) < 4 s  expect time_in(Order.Review) < 3 s
         expect time_to(Order.Review) < 2 s  expect mean(time_in(Order)) < 3 s  expect p50(time_to(Order.Done)) < 5 s
         expect probability(Order.Review) < 40 %  expect probability(Order.Done) > 90 %  expect probability(Order.Lost) < 1 %`,
      ),
    );
    const exact = [1, Math.log(20), 2, 1, 1.5, null, 0.25, 1, 0];
    exact.forEach((value, i) => {
      const { value: found, lower, upper, verdict, text: demand } = expectations[i]!;
      expect([demand, verdict]).toEqual([demand, 'met']);
      if (value === null) return;
      expect(Math.abs(found! - value), demand).toBeLessThan(0.02 * Math.max(1, value));
      expect([lower! <= value * 1.01, upper! >= value * 0.99], demand).toEqual([true, true]);
    });
    // Half have got there after t: 1 - e^-t for three quarters, and two seconds later for the others.
    const t = expectations[5]!.value!;
    expect(0.75 * (1 - Math.exp(-t)) + 0.25 * (t > 2 ? 1 - Math.exp(2 - t) : 0)).toBeCloseTo(0.5, 2);
  });

  it('leave a verdict open that those which have not ended could turn', async () => {
    const { expectations } = await judged(
      text('expect probability(Order.Review) < 26.5 %  expect p99(time_to(Order.Done)) < 30 s').replace(
        'after 2 s -> Done',
        'after 100 s -> Done',
      ),
    );
    expect(expectations.map(({ verdict }) => verdict)).toEqual(['undecided', 'missed']);
    expect(expectations[0]!.reason).toMatch(/had not ended/);
  });

  it('cost nothing where nobody asks', async () => {
    const { measures } = await judged(text(''));
    expect(measures.some(({ measure }) => measure === 'time_in')).toBe(false);
  });
});
