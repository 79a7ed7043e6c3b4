import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/model/index.ts';
import {
  BlockSampler,
  durationFiller,
  durationSampler,
  isKnown,
  meanOf,
  normalDistribution,
  numberSampler,
  randomStream,
  sampler,
} from '../../src/numeric/index.ts';

const N = 100_000;

function draws(distribution: Distribution, name = 'test'): number[] {
  const stream = randomStream(11, name);
  const draw = numberSampler(distribution);
  return Array.from({ length: N }, () => draw(stream));
}

/** Largest distance between the empirical distribution and the law's; above 1.95/√n once in a thousand. */
function distance(values: number[], law: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  let largest = 0;
  sorted.forEach((x, i) => {
    const p = law(x);
    largest = Math.max(largest, Math.abs(p - i / N), Math.abs(p - (i + 1) / N));
  });
  return largest * Math.sqrt(N);
}

const laws: { distribution: Distribution; law: (x: number) => number; deviation: number }[] = [
  { distribution: { kind: 'exponential', mean: 3 }, law: (x) => 1 - Math.exp(-x / 3), deviation: 3 },
  { distribution: { kind: 'uniform', from: 2, to: 6 }, law: (x) => (x - 2) / 4, deviation: 4 / Math.sqrt(12) },
  {
    distribution: { kind: 'triangular', from: 1, mode: 2, to: 5 },
    law: (x) => (x < 2 ? (x - 1) ** 2 / 4 : 1 - (5 - x) ** 2 / 12),
    deviation: Math.sqrt((1 + 4 + 25 - 2 - 5 - 10) / 18),
  },
  {
    distribution: { kind: 'normal', mean: 10, deviation: 2 },
    law: (x) => normalDistribution((x - 10) / 2),
    deviation: 2,
  },
  {
    distribution: { kind: 'lognormal', mu: 1, sigma: 0.5 },
    law: (x) => normalDistribution((Math.log(x) - 1) / 0.5),
    deviation: Math.sqrt((Math.exp(0.25) - 1) * Math.exp(2.25)),
  },
  // Erlang: a gamma of whole shape.
  {
    distribution: { kind: 'gamma', shape: 3, mean: 6 },
    law: (x) => 1 - Math.exp(-x / 2) * (1 + x / 2 + (x / 2) ** 2 / 2),
    deviation: Math.sqrt(12),
  },
  // Chi-square with one degree of freedom.
  {
    distribution: { kind: 'gamma', shape: 0.5, mean: 1 },
    law: (x) => 2 * normalDistribution(Math.sqrt(x)) - 1,
    deviation: Math.sqrt(2),
  },
  {
    distribution: { kind: 'weibull', shape: 1.5, scale: 4 },
    law: (x) => 1 - Math.exp(-((x / 4) ** 1.5)),
    deviation: 4 * Math.sqrt(1.190639348758999 - 0.9027452929509336 ** 2),
  },
  {
    distribution: { kind: 'pareto', alpha: 5, minimum: 2 },
    law: (x) => 1 - (2 / x) ** 5,
    deviation: Math.sqrt((4 * 5) / (16 * 3)),
  },
];

describe('samplers', () => {
  for (const { distribution, law, deviation } of laws) {
    it(`follow the law of ${JSON.stringify(distribution)}`, () => {
      const values = draws(distribution);
      expect(distance(values, law)).toBeLessThan(1.95);
      expect(mean(values) / meanOf(distribution)).toBeCloseTo(1, 1.7);
      expect(standardDeviation(values) / deviation).toBeCloseTo(1, 1.5);
    });
  }

  it('reach the far tails of the ziggurat', () => {
    const exponential = draws({ kind: 'exponential', mean: 1 }).filter((x) => x > 7.7).length;
    const normal = draws({ kind: 'normal', mean: 0, deviation: 1 }).filter((x) => Math.abs(x) > 3.66).length;
    expect(exponential / N).toBeCloseTo(Math.exp(-7.7), 3);
    expect(exponential).toBeGreaterThan(10);
    expect(normal).toBeGreaterThan(5);
  });

  it('draw the parts of a mixture in proportion, of any type', () => {
    const stream = randomStream(5, 'mixture');
    const draw = sampler({
      kind: 'mixture',
      parts: [
        { weight: 0.85, value: 'card' },
        { weight: 0.15, value: 'invoice' },
      ],
    });
    const cards = Array.from({ length: N }, () => draw(stream)).filter((value) => value === 'card').length;
    expect(cards / N).toBeCloseTo(0.85, 2);
  });

  it('draw booleans by chance', () => {
    const stream = randomStream(5, 'chance');
    const draw = sampler({ kind: 'chance', probability: 0.96 });
    const values = Array.from({ length: N }, () => draw(stream));
    expect(values.filter((value) => value === true).length / N).toBeCloseTo(0.96, 2);
    expect(values.every((value) => typeof value === 'boolean')).toBe(true);
  });

  it('never give a negative duration', () => {
    const stream = randomStream(5, 'durations');
    const draw = durationSampler({ kind: 'normal', mean: 1, deviation: 3 });
    const values = Array.from({ length: 20_000 }, () => draw(stream));
    expect(values.every((value) => value >= 0)).toBe(true);
    // Mean of a normal law cut off at zero: m + s φ(m/s) / Φ(m/s).
    expect(mean(values)).toBeCloseTo(
      1 + (3 * Math.exp(-1 / 18)) / Math.sqrt(2 * Math.PI) / normalDistribution(1 / 3),
      1,
    );
    expect(durationSampler({ kind: 'constant', value: -1 })(stream)).toBe(0);
  });

  it('say when a value is not known', () => {
    expect(isKnown({ kind: 'mixture', parts: [{ weight: 1, value: { kind: 'unknown' } }] })).toBe(false);
    expect(isKnown({ kind: 'exponential', mean: 1 })).toBe(true);
    expect(sampler({ kind: 'unknown' })(randomStream(1, ''))).toBeNull();
  });

  it('follow the same laws in blocks', () => {
    for (const { distribution, law } of laws) {
      if (distribution.kind === 'normal') continue;
      const block = new BlockSampler(durationFiller(distribution), randomStream(9, 'block'));
      expect(
        distance(
          Array.from({ length: N }, () => block.next()),
          law,
        ),
      ).toBeLessThan(1.95);
    }
  });
});
