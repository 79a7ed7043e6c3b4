/** A short part of the coverage in `npm run accuracy`: few seeds, so that only intervals that are far too narrow show. */
import { describe, expect, it } from 'vitest';
import { coverageOf, covered } from '../accuracy/coverage.ts';

const SEEDS = 30;
/** Of 30 honest intervals of 95 % hardly ever more than six miss: once in twenty thousand. */
const LEAST = 24 / SEEDS;

describe('intervals of 95 % hold what is exact', () => {
  it.each(covered.filter(({ text }) => /run (9|11) s/.test(text)))('$name', async (one) => {
    for (const { measure, share, unknown } of await coverageOf(one, SEEDS)) {
      expect(share, measure).toBeGreaterThanOrEqual(LEAST);
      expect(unknown, measure).toBe(0);
    }
  });
});
