import type { Expectation } from '@pollux/engine/model';
import { SlidingWindow } from '@pollux/engine/observation';
import { countInterval, judgeObserved, measureObserved, quantileRanks, shareInterval } from '@pollux/engine/property';
import { describe, expect, it } from 'vitest';

const nowhere = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function expectation(statistic: string, demand: Expectation['demand']): Expectation {
  const measure = { statistic, element: 'x' };
  return { kind: 'expectation', id: 'e', name: 'e', place: nowhere, label: nowhere, measure, demand, text: '' };
}

/** `count` occurrences over 10 s that took 1, 2, … milliseconds; every tenth failed. */
function window(count: number) {
  const sliding = new SlidingWindow(10);
  for (let i = 1; i <= count; i++) sliding.add((i * 9.9e6) / count, i * 1000, i % 10 === 0);
  return { sample: sliding.last(), seconds: 10 };
}

describe('intervals of what was observed', () => {
  it.each([
    // Known ranks for the median (tables of the sign test).
    [10, 0.5, 2, 9],
    [15, 0.5, 4, 12],
    [20, 0.5, 6, 15],
    [30, 0.5, 10, 21],
    [100, 0.5, 40, 61],
  ])('%i values enclose the quantile %f between the ranks %i and %i', (count, q, lower, upper) => {
    expect(quantileRanks(count, q)).toEqual({ lower, upper });
  });

  it('a small sample does not bound a high quantile from above', () => {
    expect(quantileRanks(20, 0.99)).toEqual({ lower: 19, upper: 21 });
    expect(quantileRanks(0, 0.5)).toEqual({ lower: 0, upper: 1 });
  });

  it('large samples go over to the normal law without a jump', () => {
    const exact = quantileRanks(500, 0.95);
    const normal = quantileRanks(501, 0.95);
    expect(Math.abs(exact.lower - normal.lower)).toBeLessThanOrEqual(2);
    expect(Math.abs(exact.upper - normal.upper)).toBeLessThanOrEqual(2);
  });

  it('ranks enclose at least 95 % of the binomial law, and would not with one rank less', () => {
    for (const [count, q] of [
      [12, 0.5],
      [40, 0.9],
      [200, 0.95],
    ] as const) {
      const { lower, upper } = quantileRanks(count, q);
      expect(between(count, q, lower, upper - 1)).toBeGreaterThanOrEqual(0.95);
      expect(between(count, q, 0, lower - 1)).toBeLessThanOrEqual(0.025);
      expect(between(count, q, 0, lower)).toBeGreaterThan(0.025);
    }
  });

  it('shares have the interval of Wilson', () => {
    const { lower, upper } = shareInterval(10, 100);
    expect(lower).toBeCloseTo(0.0552, 3);
    expect(upper).toBeCloseTo(0.1744, 3);
    expect(shareInterval(0, 100)).toMatchObject({ value: 0, lower: 0 });
    expect(shareInterval(100, 100).upper).toBe(1);
  });

  it('counts have an interval that holds the exact one of Poisson within a few percent', () => {
    const { lower, upper } = countInterval(100);
    expect(lower).toBeCloseTo(81.4, 0);
    expect(upper).toBeCloseTo(121.6, 0);
    expect(countInterval(0).lower).toBe(0);
  });
});

describe('measures of an observed window', () => {
  it.each([
    ['p50', 0.05],
    ['p95', 0.095],
    ['mean', 0.0505],
    ['min', 0.001],
    ['max', 0.1],
    ['rate', 10],
    ['throughput', 10],
    ['count', 100],
    ['errors', 0.1],
    ['availability', 0.9],
  ])('%s', (statistic, value) => {
    const estimate = measureObserved(statistic, window(100));
    if ('reason' in estimate) throw new Error(estimate.reason);
    expect(Math.abs(estimate.value - value)).toBeLessThan(value * 0.01);
    expect(estimate.lower).toBeLessThanOrEqual(estimate.value);
    expect(estimate.upper).toBeGreaterThanOrEqual(estimate.value);
  });

  it('too few occurrences say nothing of times', () => {
    expect(measureObserved('p95', window(9))).toEqual({ reason: 'only 9 in the window, at least 10 are needed' });
  });

  it('what spans do not show is said to be that', () => {
    expect(measureObserved('utilization', window(100))).toEqual({ reason: 'utilization cannot be read from spans' });
  });
});

describe('an expectation over an observed window', () => {
  it('compares in the unit of the measure', () => {
    const demand = { kind: 'bound', operator: '<', bound: 60_000 } as const;
    expect(judgeObserved(expectation('p50', demand), window(1000))).toMatchObject({ verdict: 'missed', bound: 0.06 });
    expect(judgeObserved(expectation('p50', { ...demand, bound: 600_000 }), window(1000)).verdict).toBe('met');
    const near = judgeObserved(expectation('p50', { ...demand, bound: 500_000 }), window(1000));
    expect(near.verdict).toBe('undecided');
    expect(near.reason).toContain('spans the bound');
  });

  it('holds against the simulation within its tolerance on both sides', () => {
    const against = (predicted: number) =>
      judgeObserved(expectation('p50', { kind: 'simulation', tolerance: 0.25 }), window(1000), {
        value: predicted,
        lower: predicted * 0.99,
        upper: predicted * 1.01,
      }).verdict;
    expect(against(0.5)).toBe('met');
    expect(against(0.3)).toBe('missed');
    expect(against(0.9)).toBe('missed');
    expect(against(0.41)).toBe('undecided');
  });
});

/** Probability that a binomial count lies in `from..to`, straight from its definition. */
function between(count: number, q: number, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k <= to; k++) {
    let probability = 1;
    for (let i = 0; i < k; i++) probability *= ((count - i) / (i + 1)) * q;
    for (let i = 0; i < count - k; i++) probability *= 1 - q;
    sum += probability;
  }
  return sum;
}
