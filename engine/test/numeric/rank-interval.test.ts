import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuantileSketch, rankInterval, shareUpToLevel } from '../../src/numeric/index.ts';

const alike = (count: number, share: number) => Array.from({ length: count }, () => ({ share, weight: 100 }));

describe('the ranks between which a quantile lies', () => {
  it('are its own where all runs agree', () => {
    expect(rankInterval(0.95, alike(10, 0.95), 0.95)).toEqual({
      lower: 0.95,
      upper: 0.95,
      beyond: Number.POSITIVE_INFINITY,
    });
  });

  it('are those of Student where runs are equally long', () => {
    // Shares 0.88 … 0.92 with s = 0.01581, t₄ = 2.7764: ± 0.01963.
    const runs = [0.88, 0.89, 0.9, 0.91, 0.92].map((share) => ({ share, weight: 7 }));
    const { lower, upper, beyond } = rankInterval(0.9, runs, 0.95);
    expect([lower, upper]).toEqual([expect.closeTo(0.9 - 0.01963, 5), expect.closeTo(0.9 + 0.01963, 5)]);
    expect(beyond).toBeCloseTo((0.1 / 0.0070711) ** 2, 1);
  });

  it('count a run by what is in it, and an empty one as nothing', () => {
    const runs = [...alike(5, 0.9), { share: 0, weight: 1e-6 }, { share: Number.NaN, weight: 0 }];
    const { lower, upper } = rankInterval(0.9, runs, 0.95);
    expect(lower).toBeCloseTo(0.9, 6);
    expect(upper).toBeCloseTo(0.9, 6);
  });

  it('are not told by fewer than five runs', () => {
    expect(rankInterval(0.9, alike(4, 0.9), 0.95).lower).toBeNaN();
  });

  it('say that a tail which one run holds alone tells next to nothing', () => {
    const runs = [...alike(9, 1), { share: 0.9, weight: 100 }];
    expect(rankInterval(0.99, runs, 0.95).beyond).toBeLessThan(4);
  });
});

describe('the share up to a number', () => {
  it('is what the quantile was asked for', () => {
    const times = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 1e9, noNaN: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, q) => {
        const sketch = new QuantileSketch();
        for (const value of values) sketch.record(value);
        const at = sketch.quantile(q);
        // Of numbers that stand beside each other none lies between two of them; zeros are all counted.
        expect(sketch.shareUpTo(at)).toBeGreaterThanOrEqual(q - 1 / values.length - 1e-9);
        expect(sketch.shareUpTo(at * (1 + 1e-12))).toBeLessThanOrEqual(
          at === 0 ? 1 : q + values.filter((value) => Math.abs(value / at - 1) < 0.01).length / values.length + 1e-9,
        );
      }),
      { seed: 5 },
    );
  });

  it('is 0 below all, 1 above all, and unknown of nothing', () => {
    const sketch = new QuantileSketch();
    expect(sketch.shareUpTo(1)).toBeNaN();
    sketch.record(5);
    expect([sketch.shareUpTo(1), sketch.shareUpTo(9)]).toEqual([0, 1]);
    expect(shareUpToLevel({ levels: [0, 2], times: [3, 1], area: 2 }, 1)).toBe(0.75);
  });
});
