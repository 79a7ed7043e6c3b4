import { probit } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { meanInterval, normalDistribution, normalQuantile, studentQuantile } from '../../src/numeric/index.ts';

describe("Student's quantiles", () => {
  // Published tables, two-sided 95 % and 99 %.
  const table: [number, number, number][] = [
    [1, 12.7062047, 63.6567412],
    [2, 4.3026527, 9.9248432],
    [4, 2.7764451, 4.6040949],
    [9, 2.2621572, 3.2498355],
    [29, 2.0452296, 2.7563859],
    [199, 1.9719565, 2.6007602],
  ];
  for (const [freedom, at95, at99] of table) {
    it(`are those of the tables at ${freedom} degrees of freedom`, () => {
      expect(studentQuantile(0.975, freedom)).toBeCloseTo(at95, 6);
      expect(studentQuantile(0.995, freedom)).toBeCloseTo(at99, 6);
      expect(studentQuantile(0.025, freedom)).toBeCloseTo(-at95, 6);
    });
  }
});

describe('normal quantiles', () => {
  it('are those of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.99)).toBeCloseTo(2.3263478740408408, 12);
    expect(normalQuantile(1e-9)).toBeCloseTo(-5.997807015008182, 10);
    expect(normalQuantile(0.3)).toBeCloseTo(probit(0.3), 2);
  });

  it('invert the distribution', () => {
    for (const p of [0.001, 0.2, 0.5, 0.87, 0.9999]) expect(normalDistribution(normalQuantile(p))).toBeCloseTo(p, 13);
  });
});

describe('the interval of a mean', () => {
  it('is Student’s', () => {
    const interval = meanInterval([10, 12, 11, 13, 9]);
    expect(interval.mean).toBeCloseTo(11, 12);
    expect(interval.upper - 11).toBeCloseTo((2.7764451052 * Math.sqrt(2.5)) / Math.sqrt(5), 8);
    expect(11 - interval.lower).toBeCloseTo(interval.upper - 11, 12);
  });

  it('does not exist for one figure, and leaves out what is not finite', () => {
    expect(meanInterval([3]).lower).toBeNaN();
    expect(meanInterval([3]).mean).toBe(3);
    expect(meanInterval([3, Number.NaN, 3])).toEqual({ mean: 3, lower: 3, upper: 3, count: 2 });
    expect(meanInterval([]).mean).toBeNaN();
  });
});
