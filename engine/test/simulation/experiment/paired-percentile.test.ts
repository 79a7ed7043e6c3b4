import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paired } from '../../../src/simulation/experiment/paired.ts';
import { percentileDifference, percentileRatio } from '../../../src/simulation/experiment/paired-percentile.ts';
import { comparison, conduct } from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

const around = (value: number, below: number, above = below) => ({ value, lower: value - below, upper: value + above });

describe('the difference of two percentiles', () => {
  it('is as uncertain as both, where nothing goes together', () => {
    expect(percentileDifference(around(10, 3), around(6, 4), 0, 0)).toEqual({ value: 4, lower: -1, upper: 9 });
  });

  it('is as uncertain as they differ, where all goes together', () => {
    const { lower, upper } = percentileDifference(around(10, 3), around(6, 2), 1, 0);
    expect([lower, upper]).toEqual([3, 5]);
  });

  it('takes of each side the ends that lie there', () => {
    const { lower, upper } = percentileDifference(around(10, 1, 5), around(6, 2, 3), 0, 0);
    expect(lower).toBeCloseTo(4 - Math.hypot(1, 3), 12);
    expect(upper).toBeCloseTo(4 + Math.hypot(5, 2), 12);
  });

  it('grows by what the percentiles may be off by beside chance', () => {
    expect(percentileDifference(around(10, 0), around(6, 0), 0, 0.01)).toEqual({ value: 4, lower: 3.9, upper: 4.1 });
  });

  it('has a ratio that is Fieller’s where both sides are alike, and none where the second may be 0', () => {
    // Two figures a replication, whose means have these intervals.
    const [a, b] = [
      [11, 12, 14, 13],
      [10, 10, 13, 12],
    ];
    const pair = paired('mean', a!, b!, 12.5, 11.25);
    const t = 3.1824463;
    const half = (of: readonly number[], mean: number) =>
      t * Math.sqrt(of.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 3 / 4);
    const [ha, hb] = [half(a!, 12.5), half(b!, 11.25)];
    const products = a!.reduce((sum, one, at) => sum + (one - 12.5) * (b![at]! - 11.25), 0) / 3 / 4;
    const together = (products * t * t) / (ha * hb);
    const ratio = percentileRatio(around(12.5, ha), around(11.25, hb), together, 0);
    expect(ratio.lower).toBeCloseTo(pair.ratio.lower!, 6);
    expect(ratio.upper).toBeCloseTo(pair.ratio.upper!, 6);
    expect(percentileRatio(around(3, 1), around(1, 1), 0, 0)).toEqual({ value: 3, lower: null, upper: null });
  });

  it('always lies in its interval, and its ratio too', () => {
    const side = fc.double({ min: 0, max: 0.9, noNaN: true });
    const bounded = fc.tuple(fc.double({ min: 0.1, max: 100, noNaN: true }), side, side);
    fc.assert(
      fc.property(bounded, bounded, fc.double({ min: -1, max: 1, noNaN: true }), (one, other, together) => {
        const [a, b] = [one, other].map(([value, below, above]) => around(value, below * value, above * value));
        for (const figures of [
          percentileDifference(a!, b!, together, 0.004),
          percentileRatio(a!, b!, together, 0.004),
        ]) {
          if (figures.lower === null || figures.upper === null || figures.value === null) continue;
          expect(figures.lower).toBeLessThanOrEqual(figures.value);
          expect(figures.upper).toBeGreaterThanOrEqual(figures.value);
        }
      }),
    );
  });

  it('holds what is exact about as often as it says, also where the tails of single runs are thin', async () => {
    const run = 'run 700 ms  warmup 200 ms  replications 10';
    const { model } = await modelFrom(`package q
component Server { operation serve() takes exp(1 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores 1  deploy Server } }
scenario A of D { load Job at 700/s  ${run} }
scenario B of D { load Job at 600/s  ${run} }`);
    // The response time of M/M/1 is exponential.
    const exact = Math.log(20) * (1 / 300 - 1 / 400);
    let [held, told] = [0, 0];
    for (let seed = 1; seed <= 24; seed++) {
      const { comparisons } = conduct(comparison({ model, scenario: 'q.A' }, [{ model, scenario: 'q.B' }], { seed }));
      const found = comparisons[0]?.differences.find(
        ({ element, measure }) => element === 'q.Job' && measure === 'p95',
      );
      const { lower = null, upper = null } = found?.difference ?? {};
      if (lower === null || upper === null) continue;
      told++;
      if (lower <= exact && exact <= upper) held++;
    }
    expect(told).toBeGreaterThan(18);
    // Of 24 intervals of 95 % hardly ever more than five miss.
    expect(told - held).toBeLessThanOrEqual(5);
  });
});
