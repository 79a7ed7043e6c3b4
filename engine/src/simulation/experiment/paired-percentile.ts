/**
 * What differs between two percentiles of runs under the same luck. Each has an interval of its own, which rests on all of its data and
 * need not be as wide above as below; how far the two go together, the shares below them say, replication by replication. The variances that
 * the two intervals stand for are recovered from their ends (Zou and Donner, Statistics in Medicine 27, 2008; of a ratio, Donner
 * and Zou, Statistical Methods in Medical Research 21, 2012). Percentiles of the single replications, which are biased where
 * their tails are thin, are not used. Knows no element of any model.
 */
import type { PairedEstimate } from './comparison-result.ts';

/** A percentile with its interval. */
export interface Bounded {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** `together`: how far the two go together, −1 … 1; `error`: what each may be off by beside chance, a share. */
export function percentileDifference(one: Bounded, other: Bounded, together: number, error: number): PairedEstimate {
  const value = one.value - other.value;
  const inexact = error * Math.max(one.value, other.value);
  const below = spread(one.value - one.lower, other.upper - other.value, together);
  const above = spread(one.upper - one.value, other.value - other.lower, together);
  return { value, lower: value - below - inexact, upper: value + above + inexact };
}

/** Without bounds where the second cannot be told from 0. */
export function percentileRatio(one: Bounded, other: Bounded, together: number, error: number): PairedEstimate {
  const value = one.value / other.value;
  const lower = end(one.value, other.value, one.value - one.lower, other.upper - other.value, together, -1);
  const upper = end(one.value, other.value, one.upper - one.value, other.value - other.lower, together, 1);
  if (lower === null || upper === null) return { value, lower: null, upper: null };
  return { value, lower: lower * (1 - 2 * error), upper: upper * (1 + 2 * error) };
}

function spread(a: number, b: number, together: number): number {
  return Math.sqrt(Math.max(0, a * a + b * b - 2 * together * a * b));
}

/** Fieller's, with the variances that the ends on this side stand for. */
function end(one: number, other: number, a: number, b: number, together: number, side: -1 | 1): number | null {
  const square = other * other - b * b;
  const linear = one * other - together * a * b;
  const root = linear * linear - square * (one * one - a * a);
  if (!(square > 0)) return null;
  return Math.max(0, (linear + side * Math.sqrt(Math.max(0, root))) / square);
}
