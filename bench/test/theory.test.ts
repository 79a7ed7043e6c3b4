/** A short part of `npm run accuracy`: of each law of the theory its first case, within an interval that is next to certain. */
import { simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { describe, expect, it } from 'vitest';
import { arrivals } from '../accuracy/theory/arrivals.ts';
import { impatience } from '../accuracy/theory/impatience.ts';
import { stationary } from '../accuracy/theory/markov-chain.ts';
import { outages } from '../accuracy/theory/outages.ts';
import { priorities } from '../accuracy/theory/priorities.ts';
import { remembering } from '../accuracy/theory/remembering.ts';
import { trouble } from '../accuracy/theory/trouble.ts';

const VISITS = 10_000;
const REPLICATIONS = 20;
/** Of Student's law with 19 degrees of freedom, 99.99 % over 95 %. */
const WIDER = 4.9 / 2.093;
const NEGLIGIBLE = 0.005;

const families = [priorities, arrivals, impatience, outages, remembering, trouble].flatMap((of) => of());

describe('the simulation agrees with', () => {
  it.each(families)('$title ($source)', async ({ cases: [first] }) => {
    if (first === undefined) throw new Error('There is no case.');
    const run = Math.ceil(VISITS / first.visits / REPLICATIONS / first.rate);
    const { model } = await modelOf(first.text({ run, warmup: Math.ceil(run / 5) }));
    if (model === null) throw new Error('The text cannot be read.');
    const { measures } = simulate(model, 'truth.Truth', { seed: 8 });
    for (const { element, measure, exact, approximate = 0 } of first.checks) {
      const found = measures.find((one) => one.element === element && one.measure === measure);
      if (found === undefined) throw new Error(`There is no ${measure} of ${element}.`);
      const { value, lower, upper } = found;
      // Too seldom in so short a run.
      if (value === null || lower === null || upper === null) continue;
      const allowed = WIDER * (value > exact ? value - lower : upper - value) + (approximate + NEGLIGIBLE) * exact;
      expect(Math.abs(value - exact), `${measure} of ${element}: ${value}, exactly ${exact}`).toBeLessThanOrEqual(
        allowed,
      );
    }
  });
});

describe('a small Markov chain', () => {
  it('has the mean of M/M/1/K', () => {
    const chain = stationary<number>(0, (present) => [
      { to: Math.min(present + 1, 5), rate: 0.8 },
      { to: Math.max(present - 1, 0), rate: present > 0 ? 1 : 0 },
    ]);
    const shares = [0, 1, 2, 3, 4, 5].map((n) => 0.8 ** n);
    const total = shares.reduce((sum, share) => sum + share, 0);
    expect(chain.mean((n) => n)).toBeCloseTo(
      shares.reduce((sum, share, n) => sum + (n * share) / total, 0),
      10,
    );
  });
});
