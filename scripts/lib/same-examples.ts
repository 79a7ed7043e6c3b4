/**
 * Properties are tried with the same examples each time, so that a change is judged by nothing but itself. `POLLUX_SEED=any`
 * tries others, `POLLUX_SEED=12345` those of that number: for a hunt, not for a gate.
 */
import fc from 'fast-check';

const wanted = process.env.POLLUX_SEED;
const seed = wanted === 'any' ? undefined : Number(wanted ?? 1);
if (seed !== undefined && !Number.isSafeInteger(seed))
  throw new Error(`POLLUX_SEED is "any" or a whole number, not ${wanted}.`);
fc.configureGlobal(seed === undefined ? {} : { seed });
