import fc from 'fast-check';
import { quantileSorted } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { QuantileSketch, SKETCH_ERROR } from '../../src/numeric/index.ts';

const numbers = fc.array(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 200 });

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.record(value);
  return sketch;
}

describe('a quantile sketch', () => {
  it('is within its error of the exact quantile', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, q) => {
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
        expect(Math.abs(sketchOf(values).quantile(q) - exact)).toBeLessThanOrEqual(exact * SKETCH_ERROR);
      }),
    );
  });

  it('is close to the interpolated quantile of many numbers', () => {
    const values = Array.from({ length: 50_000 }, (_, i) => -Math.log(1 - (i + 0.5) / 50_000) * 1e4);
    const sketch = sketchOf(values);
    for (const q of [0.5, 0.95, 0.99, 0.999]) {
      expect(sketch.quantile(q) / quantileSorted(values, q)).toBeCloseTo(1, 2.2);
    }
    expect(sketch.mean).toBeCloseTo(1e4, -1);
  });

  it('is the same whether numbers were recorded in one or merged from parts', () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const merged = sketchOf(left);
        merged.merge(sketchOf(right));
        const whole = sketchOf([...left, ...right]).data();
        expect({ ...merged.data(), sum: 0 }).toEqual({ ...whole, sum: 0 });
        expect(merged.data().sum / whole.sum).toBeCloseTo(1, 10);
      }),
    );
  });

  it('counts zero, negative and undefined numbers as zero and gives NaN for nothing', () => {
    const sketch = sketchOf([0, -1, Number.NaN, 5]);
    expect(sketch.count).toBe(4);
    expect(sketch.quantile(0.5)).toBe(0);
    expect(sketch.quantile(1)).toBe(5);
    expect(new QuantileSketch().quantile(0.5)).toBeNaN();
  });

  it('is empty again after clear', () => {
    const sketch = sketchOf([1, 2, 3]);
    sketch.clear();
    expect(sketch.data()).toEqual(new QuantileSketch().data());
  });
});
