import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanInterval, randomStream, skewedInterval } from '../../src/numeric/index.ts';

describe('the interval of a mean that spreads the more the greater it is', () => {
  it('ends where that of the reciprocals does, as long as it is not wide', () => {
    const { mean, lower, upper } = skewedInterval([10, 12, 11, 13, 9]);
    const student = meanInterval([10, 12, 11, 13, 9]);
    expect([mean, lower]).toEqual([student.mean, student.lower]);
    const half = student.upper - mean;
    // The next order is what is left out: (half / mean)³.
    expect(Math.abs(upper - mean / (1 - half / mean))).toBeLessThan((1.3 * half ** 3) / mean ** 2);
    expect(upper).toBeGreaterThan(student.upper);
  });

  it('holds Student’s, and of narrow ones hardly more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (figures) => {
          const [ours, student] = [skewedInterval(figures), meanInterval(figures)];
          expect(ours.lower).toBe(student.lower);
          expect(ours.upper).toBeGreaterThanOrEqual(student.upper);
          const share = (student.upper - student.mean) / student.mean;
          if (share < 0.01)
            expect(ours.upper - student.upper).toBeLessThanOrEqual(0.0101 * (student.upper - student.mean));
        },
      ),
    );
    expect(skewedInterval([0, 0, 0])).toEqual({ mean: 0, lower: 0, upper: 0, count: 3 });
    expect(skewedInterval([4]).upper).toBeNaN();
  });

  it('covers the mean of skewed figures more often than Student’s', () => {
    // Sums of three exponential times: the skewness of what runs of a busy line say, 1.2.
    const random = randomStream(5, 'skewed');
    const held = { ours: 0, student: 0 };
    for (let run = 0; run < 4000; run++) {
      const figures = Array.from({ length: 10 }, () => {
        const sum = [1, 2, 3].reduce((product) => product * random.uniform(), 1);
        return -Math.log(sum) / 3;
      });
      const [ours, student] = [skewedInterval(figures), meanInterval(figures)];
      if (ours.lower <= 1 && 1 <= ours.upper) held.ours++;
      if (student.lower <= 1 && 1 <= student.upper) held.student++;
    }
    expect(held.student / 4000).toBeLessThan(0.935);
    expect(held.ours / 4000).toBeGreaterThan(held.student / 4000 + 0.005);
    expect(held.ours / 4000).toBeLessThan(0.975);
  });
});
