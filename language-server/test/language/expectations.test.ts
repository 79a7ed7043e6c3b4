/** Expectations in the model, one for each comparison, and what is said about measures that could never be judged. */
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `signal Go
machine Order { initial -> Review  state Review { on Go -> Closed }  final Closed }
component Web { operation run takes 1 ms  operation idle takes 1 ms  owns Order }
interaction Buy { actor u  lifeline web: Web  u -> web.run() }
resource bed * 8
activity Visit { initial -> examine  action examine takes 1 s using bed -> gone  final gone }
deployment D { node app { cores 4  deploy Web } }
`;
const inScenario = (members: string) => `${world}scenario S of D { load Buy at 5/s  run 1 h  ${members} }`;
const inTwin = (members: string) => `${world}twin T of D { source otlp  ${members} }`;

describe('what is expected in a scenario', () => {
  test.each([
    [
      'fast: p99(Buy) < 1 s',
      [
        {
          id: 'S.fast',
          name: 'fast',
          measure: { statistic: 'p99', element: 'Buy' },
          demand: { kind: 'bound', operator: '<', bound: 1e6 },
          text: 'p99(Buy) < 1 s',
        },
      ],
    ],
    [
      'availability(Buy) > 99.9 %',
      [{ id: 'S/expect(availability(Buy))', name: '', demand: { bound: expect.closeTo(0.999, 12) } }],
    ],
    ['rate(Buy) >= 4/s', [{ demand: { bound: 4 } }]],
    [
      'count(Order.Closed) > 100',
      [{ measure: { statistic: 'count', element: 'Order.Closed' }, demand: { bound: 100 } }],
    ],
    [
      'utilization(app) < 80 % and cost < 2.5',
      [
        {
          id: 'S/expect(utilization(app))',
          measure: { statistic: 'utilization', element: 'D.app' },
          text: 'utilization(app) < 80 %',
        },
        {
          id: 'S/expect(cost)',
          measure: { statistic: 'cost', element: '' },
          demand: { bound: 2.5 },
          text: 'cost < 2.5',
        },
      ],
    ],
    [
      'calm: mean(Buy) < 1 s and max(Buy) < 9 s',
      [
        { id: 'S.calm', name: 'calm' },
        { id: 'S.calm/max(Buy)', name: 'calm' },
      ],
    ],
    ['p95(wait(bed)) < 2 h', [{ measure: { statistic: 'p95', of: 'wait', element: 'bed' }, demand: { bound: 7.2e9 } }]],
    ['max(queue(bed)) < 8', [{ measure: { statistic: 'max', of: 'queue', element: 'bed' }, demand: { bound: 8 } }]],
    [
      'p99.9(time_in(Order.Review)) < 4 h',
      [{ measure: { statistic: 'p99.9', of: 'time_in', element: 'Order.Review' } }],
    ],
    ['p95(time_in(Visit)) < 6 h', [{ measure: { statistic: 'p95', of: 'time_in', element: 'Visit' } }]],
    ['p90(time_to(Visit.examine)) < 60 min', [{ measure: { of: 'time_to', element: 'Visit.examine' } }]],
    ['probability(Visit.gone) > 3 %', [{ measure: { statistic: 'probability', element: 'Visit.gone' } }]],
    ['p42(Buy) < 1 s', [{ measure: { statistic: 'p42', element: 'Buy' } }]],
    ['p99(Buy) < 1 s in every 1 min', [{ inEvery: 6e7, text: 'p99(Buy) < 1 s in every 1 min' }]],
    ['p99(Buy) < 1 s overall', [{ text: 'p99(Buy) < 1 s overall' }]],
  ])('%s', async (expectation, expected) => {
    const { scenarios } = await lower(inScenario(`expect ${expectation}`));
    expect(bare(scenarios[0]?.expectations)).toMatchObject(expected);
  });

  test.each([
    ['p95(Buy) < «300»', 'unit-missing', '300 ms'],
    ['«pp95»(Buy) < 1 s', 'wrong-measure', 'Did you mean `p95`'],
    ['«p95(app)» < 1 s', 'wrong-measure', '`app` is a node'],
    ['«utilization(Buy)» < 1 %', 'wrong-measure', '`Buy` is an interaction'],
    ['«p95(mean(Buy))» < 1 s', 'wrong-measure', '`mean` is a summary already'],
    ['«rate(wait(bed))» < 1 s', 'wrong-measure', '`rate` does not sum up `wait`'],
    ['«p95» < 1 s', 'wrong-measure', '`p95` of what?'],
    ['«cost(app)» < 1', 'wrong-measure', 'measured of the whole'],
    ['availability(Buy) > «99.9»', 'out-of-range', 'write `99.9 %`'],
    ['errors(Buy) < «120 %»', 'out-of-range', 'between 0 % and 100 %'],
    ['p95(Buy) < «elapsed»', 'not-a-constant', 'known before the run'],
    ['p95(Buy) < 1 s «over» 5 min', 'wrong-measure', '`in every 1 min`'],
    ['p95(Buy) < 1 s in every «0 s»', 'out-of-range', 'above 0'],
    ['«p95(Buy) within 25 % of simulation»', 'wrong-measure', 'Only a twin compares'],
    ['p95(Buy) < 1 s and «p95(Buy) < 1 s»', 'repeated-clause', 'a second time'],
    ['«p95(time_in(Visit))» < 6 h', 'without-effect', 'No load of this scenario leads to `Visit`'],
    ['«p95(Web.idle)» < 1 s', 'without-effect', 'No load of this scenario leads to `Web.idle`'],
  ])('%s', (expectation, code, words) => expectFinding(inScenario(`expect ${expectation}`), code, words));
});

describe('what no load of a scenario leads to', () => {
  test.each([
    ['load Visit at 1/h', 'p95(time_in(Visit)) < 6 h'],
    ['load Buy at 1/s  at 5 min load Visit at 1/h for 1 h', 'p95(time_in(Visit)) < 6 h'],
    ['load Round at 1/h', 'p95(time_in(Visit)) < 6 h and count(Order.Closed) < 9 and p95(Web.run) < 1 s'],
    ['load Buy at 1/s', 'utilization(app) < 80 %'],
  ])('is not said of %s: %s', async (loads, expectation) => {
    const text = `${world}activity Round { initial -> v  action v ref Visit() -> w  action w ref Order() -> x  action x call Web.run() -> gone  final gone }
scenario S of D { ${loads}  run 1 d  expect ${expectation} }`;
    const { problems } = await modelOf(text);
    expect(problems.filter(({ code }) => code === 'without-effect')).toEqual([]);
  });
});

describe('what is expected of a twin', () => {
  test.each([
    ['fast: p95(Buy) < 300 ms over 5 min', { id: 'T.fast', over: 3e8, demand: { kind: 'bound', bound: 300000 } }],
    ['drift: p95(Web.run) within 25 % of simulation', { demand: { kind: 'simulation', tolerance: 0.25 } }],
    ['p95(Buy) < 300 ms', { measure: { statistic: 'p95', element: 'Buy' } }],
  ])('%s', async (expectation, expected) => {
    const { twins } = await lower(inTwin(`expect ${expectation}`));
    expect(bare(twins[0]?.expectations)).toMatchObject([expected]);
  });

  test.each([
    ['p95(Buy) < 1 s «in every 1 min»', 'wrong-measure', 'write `over 5 min`'],
    ['p95(Buy) < 1 s «overall»', 'wrong-measure', 'write `over 5 min`'],
    ['p95(Buy) < 1 s over «0 s»', 'out-of-range', 'above 0'],
    ['p95(Buy) within «0 %» of simulation', 'out-of-range', 'above 0 %'],
    ['p95(Buy) within «3 s» of simulation', 'wrong-type', 'percentage'],
  ])('%s', (expectation, code, words) => expectFinding(inTwin(`expect ${expectation}`), code, words));
});
