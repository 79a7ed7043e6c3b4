import { describe, expect, it } from 'vitest';
import { distributionFunction } from '../../src/numeric/distribution-function.ts';
import { durationMoment, meanOf, numberSampler, randomStream } from '../../src/numeric/index.ts';
import { quantileOf } from '../../src/numeric/quantile.ts';

const law = { kind: 'zipf', ranks: 5, exponent: 1 } as const;
/** Of 60/137, where 137/60 is the fifth harmonic number. */
const chances = [1, 2, 3, 4, 5].map((k) => 60 / 137 / k);

describe('the law of Zipf', () => {
  it('draws ranks in proportion to their weights', () => {
    const draw = numberSampler(law);
    const stream = randomStream(1, 'zipf');
    const counts = new Array<number>(5).fill(0);
    const draws = 100_000;
    for (let i = 0; i < draws; i++) counts[draw(stream) - 1]!++;
    counts.forEach((count, k) => {
      const expected = draws * chances[k]!;
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
    });
  });

  it('has the moments and quantiles of its weights', () => {
    expect(meanOf(law)).toBeCloseTo(300 / 137, 12);
    expect(durationMoment(law, 2)).toBeCloseTo((60 / 137) * 15, 12);
    expect(distributionFunction(law, 2.5)).toBeCloseTo(chances[0]! + chances[1]!, 12);
    expect([0, 0.99, 5, 9].map((x) => distributionFunction(law, x))).toEqual([0, 0, 1, 1]);
    expect([0.1, 0.43, 0.45, 0.99].map((p) => quantileOf(law, p))).toEqual([1, 1, 2, 5]);
  });

  it('without an exponent is every one alike', () => {
    expect(meanOf({ kind: 'zipf', ranks: 9, exponent: 0 })).toBeCloseTo(5, 12);
  });
});
