/** Scenarios in the model: loads, the timeline, runs, comparisons and sweeps; and what is said where they cannot be as written. */
import type { Scenario } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `signal Go
machine Order(id: String) { initial -> Open  state Open { on Go -> Open } }
component Web { operation run(n: Integer) takes 1 ms  threads 4  version "2" { operation run takes 2 ms } }
component Store { operation find takes 1 ms  cache 80 % hit takes 0.1 ms }
component Idle { operation run takes 1 ms }
component Bank external { operation charge delays 1 ms }
interaction Buy(n: Integer) { actor u  lifeline web: Web, store: Store, bank: Bank
  u -> web.run(n) { web -> store.find()  web -> bank.charge() } }
resource nurse * 8
activity Visit { initial -> a  action a takes 1 s using nurse -> gone  final gone }
deployment D {
  zone eu { node app * 3 { cores 4  deploy Web * 2 } }
  zone us { node db { cores 8  deploy Store } }
  app -- db { latency 1 ms }
}
`;
const inScenario = (members: string) => `${world}scenario S of D { load Buy(1) at 5/s  ${members} }`;
const alone = (members: string) => `${world}scenario S of D { run 1 h  ${members} }`;

async function scenario(text: string): Promise<Scenario> {
  const { scenarios } = await lower(text);
  return scenarios[0] as Scenario;
}

describe('arrivals', () => {
  test.each([
    ['at 50/s', { kind: 'poisson', rate: 50 }],
    ['at 1200/min', { kind: 'poisson', rate: 20 }],
    [
      'at { "00:00": 0/s  "08:00": 40/s  "20:00": 90/s } daily',
      {
        kind: 'pattern',
        points: [
          { time: 0, rate: 0 },
          { time: 8 * 3.6e9, rate: 40 },
          { time: 20 * 3.6e9, rate: 90 },
        ],
        daily: true,
      },
    ],
    ['at { "00:30": 1/s }', { kind: 'pattern', points: [{ time: 1.8e9, rate: 1 }], daily: false }],
    ['ramp 50/s -> 2000/s over 10 min', { kind: 'ramp', from: 50, to: 2000, over: 6e8 }],
    ['every 20 ms', { kind: 'renewal', gap: { kind: 'constant', value: 20000 } }],
    ['every exp(1 s)', { kind: 'renewal', gap: { kind: 'exponential', mean: 1e6 } }],
    ['by 200 users thinking exp(5 s)', { kind: 'closed', users: 200, thinking: { kind: 'exponential', mean: 5e6 } }],
    ['replay "peak.csv"', { kind: 'replay', file: 'peak.csv' }],
    [
      'at 40/s swing 50 % over 24 h peak "14:00"',
      { kind: 'swing', rate: 40, swing: 0.5, period: 8.64e10, peak: 14 * 3.6e9 },
    ],
    ['observed', { kind: 'observed', factor: 1 }],
    ['observed * 3', { kind: 'observed', factor: 3 }],
  ])('%s', async (arrivals, expected) => {
    const { loads } = await scenario(alone(`load Buy(n: 2) ${arrivals}`));
    expect(bare(loads)).toMatchObject([{ behaviour: 'Buy', arguments: [{ parameter: 'Buy.n' }], arrivals: expected }]);
  });

  test.each([
    ['at 5/s batch 10', { kind: 'constant', value: 10 }],
    ['every 1 s batch uniform(1, 20)', { kind: 'uniform', from: 1, to: 20 }],
  ])('%s', async (arrivals, batch) => {
    const { loads } = await scenario(alone(`load Buy(n: 2) ${arrivals}`));
    expect(bare(loads)).toMatchObject([{ batch }]);
  });

  test.each([
    ['at «0/s»', 'out-of-range', 'a rate above 0'],
    ['at 1/s batch «0»', 'out-of-range', 'a whole number from 1 on'],
    ['at 1/s batch «2.5»', 'out-of-range', 'a whole number from 1 on'],
    ['at 1/s swing «150 %» over 1 h', 'out-of-range', 'between 0 % and 100 %'],
    ['at 1/s swing 10 % over «0 s»', 'out-of-range', 'above 0'],
    ['at 1/s swing 10 % over 1 h peak «"8 am"»', 'out-of-range', 'written `"18:00"`'],
    ['at { "08:00": 1/s «"07:00"»: 2/s }', 'out-of-range', 'Times rise'],
    ['at { «"8 am"»: 1/s }', 'out-of-range', 'written `"18:00"`'],
    ['at { "08:00": 1/s «"24:00"»: 2/s } daily', 'out-of-range', 'write it as `"00:00"`'],
    ['«at { "08:00": 0/s } daily»', 'out-of-range', 'Nothing ever arrives'],
    ['«ramp 0/s -> 0/s over 1 min»', 'out-of-range', 'Write one rate above 0'],
    ['ramp 0/s -> 5/s over «0 s»', 'out-of-range', 'above 0'],
    ['every «0 s»', 'out-of-range', 'All would arrive at once'],
    ['by «0» users', 'out-of-range', 'from 1 on'],
    ['replay «""»', 'wrong-text', 'The text is empty'],
    ['replay «"peak*.csv"»', 'wrong-text', 'from one file'],
    ['observed * «0»', 'out-of-range', 'a factor above 0'],
  ])('%s', (arrivals, code, words) => expectFinding(alone(`load Buy(1) ${arrivals}`), code, words));
});

describe('the timeline', () => {
  test.each([
    ['at 5 min crash app[2] for 3 min', { kind: 'crash', subject: 'D.app', index: 2, duration: 1.8e8 }],
    ['at 5 min crash eu', { kind: 'crash', subject: 'D.eu' }],
    ['at 5 min crash Web[6]', { kind: 'crash', subject: 'Web', index: 6 }],
    ['at 5 min crash nurse for 8 h', { kind: 'crash', subject: 'nurse', duration: 8 * 3.6e9 }],
    ['at 5 min slow Bank by 3 for 10 min', { kind: 'slow', subject: 'Bank', factor: 3, duration: 6e8 }],
    ['at 5 min partition eu from us for 90 s', { kind: 'partition', from: 'D.eu', to: 'D.us', duration: 9e7 }],
    ['at 5 min set Web.threads = 800', { kind: 'set', parameter: { element: 'Web', name: 'threads' }, value: 800 }],
    ['at 5 min set app.cores = 2', { parameter: { element: 'D.app', name: 'cores' }, value: 2 }],
    ['at 5 min set app.count = 2', { parameter: { element: 'D.app', name: 'count' } }],
    ['at 5 min set Store.cache = 20 %', { parameter: { element: 'Store', name: 'cache' }, value: 0.2 }],
    [
      'at 5 min set nurse = 0 for 2 d',
      { parameter: { element: 'nurse', name: 'count' }, value: 0, duration: 1.728e11 },
    ],
    ['at 5 min set nurse.count = 3', { parameter: { element: 'nurse', name: 'count' }, value: 3 }],
    ['at 5 min set Web.run.takes = 3 ms', { parameter: { element: 'Web.run', name: 'takes' }, value: 3000 }],
    [
      'at 5 min set Bank.charge.delays = exp(2 s)',
      { parameter: { element: 'Bank.charge', name: 'delays' }, value: { kind: 'exponential', mean: 2e6 } },
    ],
    ['at 5 min set Web.run.fails = 5 %', { parameter: { element: 'Web.run', name: 'fails' }, value: 0.05 }],
    ['at 5 min scale Web to 8', { kind: 'scale', component: 'Web', replicas: 8 }],
    [
      'at 5 min rollout Web to "2"',
      { kind: 'rollout', component: 'Web', version: '2', strategy: { kind: 'all' }, abortWhen: [] },
    ],
    [
      'at 5 min rollout Web to "2" canary 5 %, 25 %, 100 % every 2 min abort when (errors(Web) > 2 % and p95(Buy) > 1 s)',
      {
        strategy: { kind: 'canary', shares: [0.05, 0.25, 1] },
        every: 1.2e8,
        abortWhen: [
          { measure: { statistic: 'errors', element: 'Web' }, operator: '>', bound: 0.02 },
          { measure: { statistic: 'p95', element: 'Buy' }, operator: '>', bound: 1e6 },
        ],
      },
    ],
    ['at 5 min rollout Web to "2" rolling 2', { strategy: { kind: 'rolling', batch: 2 } }],
    ['at 5 min rollout Web to "2" blue_green', { strategy: { kind: 'blue-green' } }],
    [
      'at 5 min load Buy(2) at 500/s for 5 min',
      {
        kind: 'load',
        load: { id: 'S/at(5 min)load Buy(2)/load', behaviour: 'Buy', arrivals: { rate: 500 } },
        duration: 3e8,
      },
    ],
    [
      'at 5 min send Go to Order("o-1")',
      { kind: 'send', action: { kind: 'send', signal: 'Go', target: { kind: 'instance', behaviour: 'Order' } } },
    ],
  ])('%s', async (event, expected) => {
    const { timeline } = await scenario(inScenario(`run 1 h ${event}`));
    expect(bare(timeline)).toMatchObject([{ kind: 'timeline-event', time: 3e8, change: expected }]);
  });

  test.each([
    ['at «2 h» crash app', 'without-effect', 'The run is over by then'],
    ['warmup 10 min at «1 min» crash app for 2 min', 'without-effect', 'before the warm-up is'],
    ['at 5 min crash app[«4»]', 'out-of-range', 'from 1 to 3'],
    ['at 5 min crash Web[«7»]', 'out-of-range', 'from 1 to 6'],
    ['at 5 min crash eu[«1»]', 'wrong-kind', 'it has no numbers'],
    ['at 5 min crash «Idle»', 'not-deployed', 'no node of `D` runs it'],
    ['at 5 min crash «Buy»', 'wrong-kind', 'this is an interaction'],
    ['at 5 min crash app for «0 s»', 'out-of-range', 'above 0'],
    ['at 5 min slow Bank by «0»', 'out-of-range', 'above 0'],
    ['at 5 min slow Bank by «1»', 'without-effect', 'By 1 nothing changes'],
    ['at 5 min slow Bank by «3 s»', 'wrong-type', 'type Real'],
    ['at 5 min partition eu from «app»', 'without-effect', 'cut off from itself'],
    ['at 5 min partition «Web» from us', 'wrong-kind', 'between nodes or zones'],
    ['at 5 min set «Web» = 3', 'wrong-kind', '`Web.replicas`'],
    ['at 5 min set «Web.cpu» = 3', 'wrong-kind', '`cpu` is measured, not set'],
    ['at 5 min set «Web.cache» = 10 %', 'wrong-kind', 'has no cache'],
    ['at 5 min set «Bank.replicas» = 3', 'wrong-kind', 'is external'],
    ['at 5 min set «Idle.replicas» = 3', 'not-deployed', 'Add `deploy Idle`'],
    ['at 5 min set Web.replicas = «0»', 'out-of-range', 'a whole number from 1 on'],
    ['at 5 min set Web.replicas = «2.5»', 'wrong-type', 'type Integer'],
    ['at 5 min set app.cores = «80 %»', 'wrong-type', 'type Integer'],
    ['at 5 min set Store.cache = «120 %»', 'out-of-range', 'between 0 % and 100 %'],
    ['at 5 min set Web.run.takes = «3»', 'unit-missing', '3 ms'],
    ['at 5 min scale «Bank» to 3', 'wrong-kind', 'has no replicas'],
    ['at 5 min scale Web to «0»', 'out-of-range', 'from 1 on'],
    ['at 5 min rollout Web to «"3"»', 'unresolved-name', 'There is no version "3" of `Web`.'],
    ['at 5 min rollout Web to "2" canary 5 %, «5 %», 100 % every 1 min', 'out-of-range', 'rise from step to step'],
    ['at 5 min rollout Web to "2" canary 5 %, «50 %» every 1 min', 'out-of-range', 'add `, 100 %`'],
    ['at 5 min rollout Web to «"2"» canary 5 %, 100 %', 'wrong-arguments', 'Add `every 2 min`'],
    ['at 5 min rollout Web to "2" «every» 1 min', 'without-effect', 'Remove `every`'],
    ['at 5 min rollout Web to "2" rolling «7»', 'out-of-range', 'from 1 to 6'],
    [
      'at 5 min rollout Web to "2" abort when («p95(Buy) within 5 % of simulation»)',
      'wrong-measure',
      'Only a twin compares with simulation',
    ],
    ['at 5 min send Go to «self»', 'wrong-kind', 'Name the receiver'],
  ])('%s', (event, code, words) => expectFinding(inScenario(`run 1 h ${event}`), code, words));
});

describe('a run', () => {
  test.each([
    ['run 1 h from "fri 18:00"', { duration: 3.6e9, beginning: (4 * 24 + 18) * 3.6e9 }],
    ['run 1 h from "18:00"', { beginning: 18 * 3.6e9 }],
    ['run 1 h warmup 5 min replications 30 seed 7', { warmup: 3e8, replications: 30, seed: 7 }],
    ['', { duration: 3.6e9, warmup: 0, replications: 10, seed: 1 }],
    ['warmup auto', { warmup: 0, detectsWarmup: true }],
    ['replications 5..50 until 2 %', { replications: 5, precision: { most: 50, within: 0.02 } }],
  ])('%s', async (members, expected) => {
    expect(await scenario(inScenario(members))).toMatchObject(expected);
  });

  test.each([
    ['run 1 h from «"someday"»', 'out-of-range', '`"fri 18:00"`'],
    ['run «0 s»', 'out-of-range', 'a time above 0'],
    ['run 1 h «warmup 1 h»', 'out-of-range', 'nothing is left to count'],
    ['run 1 h replications «0»', 'out-of-range', 'from 1 on'],
    ['«replications 50..5 until 2 %»', 'out-of-range', 'write `5..50`'],
    ['replications 5..«1» until 2 %', 'out-of-range', 'from 2'],
    ['replications 5..50 until «60 %»', 'out-of-range', 'at most 50 %'],
    ['run 1 h «run 2 h»', 'repeated-clause', '`run` stands here a second time'],
  ])('%s', (members, code, words) => expectFinding(inScenario(members), code, words));
});

describe('comparing and varying', () => {
  test('a scenario is compared with others', async () => {
    const { scenarios } = await lower(`${inScenario('')}\nscenario T of D { load Buy(1) at 6/s  compare with S }`);
    expect(scenarios[1]?.comparedWith).toEqual(['S']);
  });

  test('each varied parameter is an axis with its values', async () => {
    const { variations } = await scenario(
      inScenario(
        'vary Web.replicas in 2..4, app.cores in [2, 4]  vary nurse in [3], Web.run.takes in [1 ms, exp(2 ms)]',
      ),
    );
    expect(bare(variations)).toMatchObject([
      { parameter: { element: 'Web', name: 'replicas' }, values: [2, 3, 4] },
      { parameter: { element: 'D.app', name: 'cores' }, values: [2, 4] },
      { parameter: { element: 'nurse', name: 'count' }, values: [3] },
      { parameter: { element: 'Web.run', name: 'takes' }, values: [1000, { kind: 'exponential', mean: 2000 }] },
    ]);
  });

  test.each([
    ['«compare with S»', 'compare-cycle', 'compared with itself'],
    ['vary «Web.replicas in 8..2»', 'out-of-range', 'write `2..8`'],
    ['vary Web.replicas in «0»..2', 'out-of-range', 'from 1 on'],
    ['vary «Store.cache in 0..1»', 'wrong-type', 'in [10 %, 20 %]'],
    ['vary app.cores in [2, «2»]', 'repeated-clause', '`2` stands here a second time'],
    ['vary app.cores in [2], «app.cores in [4]»', 'repeated-clause', '`app.cores` stands here a second time'],
    ['vary «Web» in [2]', 'wrong-kind', '`Web.replicas`'],
    ['vary Web.replicas in 1..1000, «Web.threads in 1..200»', 'out-of-range', '200,000 combinations'],
  ])('%s', (members, code, words) => expectFinding(inScenario(members), code, words));

  test('scenarios that are compared in a circle are errors, each of them', async () => {
    const circle = `${inScenario('compare with T')}\nscenario T of D { load Buy(1) at 6/s  compare with S }`;
    const { problems } = await modelOf(circle);
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'compare-cycle: `S` is compared with `T`, which is compared with it again. Compare with another scenario.',
      'compare-cycle: `T` is compared with `S`, which is compared with it again. Compare with another scenario.',
    ]);
  });
});
