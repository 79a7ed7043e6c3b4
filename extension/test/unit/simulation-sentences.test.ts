import type { JudgedExpectation, SimulationResult } from '@pollux/engine/simulation';
import { expect, test } from 'vitest';
import { figure, figureWithInterval } from '../../src/simulation/figure.ts';
import { missedExpectations } from '../../src/simulation/missed-expectations.ts';

test.each([
  [0.0421, 's', '42 ms'],
  [1.5, 's', '1.5 s'],
  [400, 's', '6.7 min'],
  [12.04, '1/s', '12/s'],
  [14_688, '1/s', '14\u2009700/s'],
  [0.976, '1', '98 %'],
  [0, '1', '0 %'],
])('%d in %s reads %s', (value, unit, text) => {
  expect(figure(value, unit)).toBe(text);
});

test('an interval has the unit once, and the wider half', () => {
  expect(figureWithInterval(0.51, 0.5, 0.53, 's')).toBe('510 ± 20 ms');
  expect(figureWithInterval(0.51, 0.51, 0.51, 's')).toBe('510 ms');
});

const missed: JudgedExpectation = {
  element: 'shop.BlackFriday.fast',
  text: 'p95(Checkout) < 400 ms',
  line: 147,
  verdict: 'missed',
  value: 0.51,
  lower: 0.5,
  upper: 0.52,
  unit: 's',
  bound: 0.4,
};

function result(expectations: readonly JudgedExpectation[]): SimulationResult {
  return {
    schema: 1,
    model: 'file:///shop.twin',
    scenario: 'shop.BlackFriday',
    seed: 42,
    replications: 10,
    simulated_s: 2400,
    measures: [],
    expectations,
    findings: [],
    counters: { started: 0, finished: 0, failed: 0, refused: 0, unfinished: 0, events: 0 },
    latencies: [],
  };
}

test('a missed expectation says the demand, the scenario and the figure', () => {
  expect(missedExpectations(result([missed]), 'BlackFriday')).toEqual([
    {
      element: 'shop.BlackFriday.fast',
      verdict: 'missed',
      message: 'p95(Checkout) < 400 ms is missed in BlackFriday: it is 510 ± 10 ms.',
    },
  ]);
});

test('an undecided one says why', () => {
  const undecided = {
    ...missed,
    verdict: 'undecided',
    value: null,
    lower: null,
    upper: null,
    reason: 'one replication',
  } as const;
  expect(missedExpectations(result([undecided]), 'BlackFriday')[0]?.message).toBe(
    'p95(Checkout) < 400 ms is undecided in BlackFriday: there is no figure; one replication.',
  );
});

test('what is met needs no sentence', () => {
  expect(missedExpectations(result([{ ...missed, verdict: 'met' }]), 'BlackFriday')).toEqual([]);
});
