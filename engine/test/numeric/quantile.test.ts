/** Means and quantiles of laws, held against what the samplers draw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/model/index.ts';
import {
  distributionFunction,
  durationMeanOf,
  durationQuantileOf,
  durationSampler,
  gammaDistribution,
  meanOf,
  numberSampler,
  quantileOf,
  randomStream,
  type Sampler,
} from '../../src/numeric/index.ts';

const size = fc.double({ min: 0.1, max: 1000, noNaN: true });
const shape = fc.double({ min: 0.3, max: 20, noNaN: true });
const simple: fc.Arbitrary<Distribution> = fc.oneof(
  size.map((mean): Distribution => ({ kind: 'exponential', mean })),
  fc.tuple(size, size).map(([from, width]): Distribution => ({ kind: 'uniform', from, to: from + width })),
  fc
    .tuple(size, size, size)
    .map(([a, b, c]): Distribution => ({ kind: 'triangular', from: a, mode: a + b, to: a + b + c })),
  fc.tuple(size, size).map(([mean, deviation]): Distribution => ({ kind: 'normal', mean, deviation })),
  fc
    .tuple(size, fc.double({ min: 0.05, max: 1.5, noNaN: true }))
    .map(([median, sigma]): Distribution => ({ kind: 'lognormal', mu: Math.log(median), sigma })),
  fc.tuple(shape, size).map(([a, mean]): Distribution => ({ kind: 'gamma', shape: a, mean })),
  fc.tuple(shape, size).map(([a, scale]): Distribution => ({ kind: 'weibull', shape: a, scale })),
  fc.tuple(shape, size).map(([a, minimum]): Distribution => ({ kind: 'pareto', alpha: a + 3, minimum })),
);
const law: fc.Arbitrary<Distribution> = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.tuple(simple, simple, fc.double({ min: 0.1, max: 0.9, noNaN: true })).map(
      ([first, second, weight]): Distribution => ({
        kind: 'mixture',
        parts: [
          { weight, value: first },
          { weight: 1 - weight, value: second },
        ],
      }),
    ),
  },
);
const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });

const DRAWS = 20_000;

function drawn(draw: Sampler<number>): Float64Array {
  const stream = randomStream(3, 'quantiles');
  return Float64Array.from({ length: DRAWS }, () => draw(stream)).sort();
}

/** Distance in standard deviations of the share of draws at or below x from p. */
function deviations(draws: Float64Array, x: number, p: number): number {
  const below = draws.filter((value) => value <= x).length / DRAWS;
  return Math.abs(below - p) / Math.sqrt((p * (1 - p)) / DRAWS);
}

/** The seed is fixed and the samplers are seeded, so a bound of 4.5 deviations fails for a wrong formula only. */
const runs = { numRuns: 150, seed: 7 };

describe('a quantile', () => {
  it('has its share of the draws at or below it', () => {
    const property = fc.property(law, probability, (distribution, p) => {
      expect(deviations(drawn(numberSampler(distribution)), quantileOf(distribution, p), p)).toBeLessThan(4.5);
    });
    fc.assert(property, runs);
  });

  it('of durations has its share of the draws that are not negative', () => {
    const negative = fc.tuple(size, size, probability);
    const property = fc.property(negative, ([mean, deviation, p]) => {
      const distribution: Distribution = { kind: 'normal', mean: mean - 300, deviation: deviation + 200 };
      const draws = drawn(durationSampler(distribution));
      expect(deviations(draws, durationQuantileOf(distribution, p), p)).toBeLessThan(4.5);
    });
    fc.assert(property, { ...runs, numRuns: 40 });
  });

  it('is where the distribution function reaches p', () => {
    const property = fc.property(law, probability, (distribution, p) => {
      expect(distributionFunction(distribution, quantileOf(distribution, p))).toBeCloseTo(p, 9);
    });
    fc.assert(property, { ...runs, numRuns: 500 });
  });

  it('of a mixture of values is one of them', () => {
    const parts = [
      { weight: 0.9, value: 0 },
      { weight: 0.1, value: 7 },
    ];
    expect(quantileOf({ kind: 'mixture', parts }, 0.5)).toBeCloseTo(0, 12);
    expect(quantileOf({ kind: 'mixture', parts }, 0.99)).toBeCloseTo(7, 12);
    expect(durationQuantileOf({ kind: 'mixture', parts }, 0.95)).toBeCloseTo(7, 12);
    expect(quantileOf({ kind: 'chance', probability: 0.96 }, 0.03)).toBe(0);
    expect(quantileOf({ kind: 'chance', probability: 0.96 }, 0.05)).toBe(1);
  });

  it('of recorded values is one of them', () => {
    const distribution: Distribution = { kind: 'empirical', file: 'latency.csv', values: [4, 1, 3, 2] };
    expect([0.1, 0.25, 0.26, 0.75, 0.99].map((p) => quantileOf(distribution, p))).toEqual([1, 1, 2, 3, 4]);
    expect(distributionFunction(distribution, 3.5)).toBe(0.75);
    expect(quantileOf({ kind: 'empirical', file: 'latency.csv' }, 0.5)).toBeNaN();
  });

  it('of what is not known or no number is not known', () => {
    expect(quantileOf({ kind: 'unknown' }, 0.5)).toBeNaN();
    expect(quantileOf({ kind: 'mixture', parts: [{ weight: 1, value: 'card' }] }, 0.5)).toBeNaN();
  });
});

describe('a mean', () => {
  it('is what draws have on average', () => {
    const property = fc.property(law, (distribution) => {
      const draws = drawn(numberSampler(distribution));
      const average = draws.reduce((sum, value) => sum + value, 0) / DRAWS;
      const variance = draws.reduce((sum, value) => sum + (value - average) ** 2, 0) / DRAWS;
      expect(Math.abs(average - meanOf(distribution)) / Math.sqrt(variance / DRAWS)).toBeLessThan(4.5);
    });
    fc.assert(property, runs);
  });

  it('of durations counts no negative draw', () => {
    const distribution: Distribution = { kind: 'normal', mean: 1, deviation: 3 };
    const draws = drawn(durationSampler(distribution));
    expect(durationMeanOf(distribution)).toBeCloseTo(draws.reduce((sum, value) => sum + value, 0) / DRAWS, 1);
    expect(durationMeanOf({ kind: 'exponential', mean: 3 })).toBe(3);
    expect(durationMeanOf({ kind: 'uniform', from: -1, to: 3 })).toBeNaN();
  });
});

describe('the incomplete gamma function', () => {
  // Erlang laws have closed forms; a chi-square law with one degree of freedom is tabled.
  it.each([
    [0.5, 1, 1 - Math.exp(-0.5)],
    [30, 3, 1 - Math.exp(-30) * (1 + 30 + 450)],
    [1e-8, 1, 1e-8 - 5e-17],
    [3.841458820694124 / 2, 0.5, 0.95],
    [0.00393214 / 2, 0.5, 0.05],
  ])('at %d of shape %d is %d', (x, a, expected) => {
    expect(gammaDistribution(x, a) / expected).toBeCloseTo(1, 6);
  });

  it('stays a probability in the far tails', () => {
    for (const a of [0.01, 1, 1e5]) {
      expect(gammaDistribution(1e-300, a)).toBeGreaterThanOrEqual(0);
      expect(gammaDistribution(1e9, a)).toBe(1);
    }
  });
});
