import type { JudgedExpectation, SimulationResult } from '@pollux/engine/simulation';
import { expect, test } from 'vitest';
import { missedExpectations } from '../../src/simulation/missed-expectations.ts';

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
    schema: 2,
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
    series: { step_s: 0, from_s: 0, buckets: 0, elements: [] },
    events: [],
    eventCounts: [],
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

test('one that some window missed says which is the worst', () => {
  const window = { from_s: 3660, length_s: 60, windows: 90 };
  expect(missedExpectations(result([{ ...missed, window }]), 'BlackFriday')[0]?.message).toBe(
    'p95(Checkout) < 400 ms is missed in BlackFriday: it is 510 ± 10 ms from 61 min to 62 min, the worst of 90 windows.',
  );
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

test('a share reads in percent, a count does not', () => {
  const judged = { ...missed, unit: '1', value: 0.976, lower: 0.976, upper: 0.976 };
  const sentences = ['utilization(app) < 80 %', 'queue(app) < 1'].map(
    (text) => missedExpectations(result([{ ...judged, text }]), 'BlackFriday')[0]?.message,
  );
  expect(sentences).toEqual([
    'utilization(app) < 80 % is missed in BlackFriday: it is 97.6 %.',
    'queue(app) < 1 is missed in BlackFriday: it is 0.98.',
  ]);
});
