/** How many arrive at a time: whole numbers out of any law. Knows nothing of when they arrive. */
import type { Distribution } from '../model/index.ts';
import { durationFiller, durationMeanOf, exp, type Filler } from '../numeric/index.ts';

/**
 * Draws of sizes. `uniform(a, b)` with whole ends gives every whole number from a to b alike; any other draw is rounded up, so that an
 * exponential law becomes a geometric one.
 */
export function batchFiller(law: Distribution): Filler {
  if (isDice(law)) {
    const { from, to } = law;
    const sides = to - from + 1;
    return (stream, block) => {
      for (let i = 0; i < block.length; i++) block[i] = Math.min(to, from + Math.floor(stream.uniform() * sides));
    };
  }
  const fill = durationFiller(law);
  return (stream, block) => {
    fill(stream, block);
    for (let i = 0; i < block.length; i++) block[i] = Math.ceil(block[i]!);
  };
}

/** Between which numbers the mean size lies. */
export function meanBatch(law: Distribution | undefined): { readonly low: number; readonly high: number } {
  if (law === undefined) return { low: 1, high: 1 };
  if (law.kind === 'exponential' && law.mean > 0) {
    const mean = 1 / (1 - exp(-1 / law.mean));
    return { low: mean, high: mean };
  }
  const mean = durationMeanOf(law);
  if (!Number.isFinite(mean)) return { low: 0, high: Number.POSITIVE_INFINITY };
  return isDice(law) || (law.kind === 'constant' && Number.isInteger(law.value))
    ? { low: mean, high: mean }
    : { low: mean, high: mean + 1 };
}

type Uniform = Extract<Distribution, { readonly kind: 'uniform' }>;

function isDice(law: Distribution): law is Uniform {
  if (law.kind !== 'uniform') return false;
  return Number.isInteger(law.from) && Number.isInteger(law.to) && law.from >= 0 && law.to >= law.from;
}
