/**
 * Whether series are still on their way when they begin: each run says how far its beginning lies from its second half, and runs are
 * independent, so that Student's test holds however slowly a series forgets (as Schruben, Singh and Tierney, "Optimal tests for
 * initialization bias", Operations Research 31, 1983, but across runs). Knows only numbers.
 */
import { meanInterval } from './interval.ts';
import { studentQuantile } from './student.ts';

export interface Drift {
  /** Means over all runs: of the beginning that differs most surely, and of the second half. */
  readonly begins: number;
  readonly ends: number;
  /** How many steps that beginning has. */
  readonly steps: number;
}

/** Beginnings that are looked at, as shares of the series. */
const BEGINNINGS = [0.04, 0.1, 0.25, 0.5] as const;
/** What goes round for ever differs between two parts of itself too, but hardly by more than it does from step to step. */
const BEYOND_ITS_SWING = 4;

/**
 * The drift, if there is one; `risk`: how often there seems to be one where there is none. All runs are of the same length, of ten steps
 * at least; one run alone tells nothing.
 */
export function driftOf(runs: readonly (readonly number[])[], risk: number): Drift | undefined {
  const length = runs[0]?.length ?? 0;
  if (runs.length < 2 || length < 10) return undefined;
  const half = Math.ceil(length / 2);
  const sure = studentQuantile(1 - risk / BEGINNINGS.length / 2, runs.length - 1);
  const together = Array.from({ length }, (_, at) => runs.reduce((sum, run) => sum + run[at]!, 0) / runs.length);
  const swing = deviation(together);
  let found: Drift | undefined;
  let most = sure;
  for (const share of BEGINNINGS) {
    const steps = Math.floor(length * share);
    if (steps === 0) continue;
    const { mean, upper } = meanInterval(
      runs.map((run) => meanOf(run.slice(0, steps)) - meanOf(run.slice(half))),
      0.95,
    );
    const error = (upper - mean) / studentQuantile(0.975, runs.length - 1);
    const byChance = swing * Math.sqrt(1 / steps + 1 / (length - half));
    const score = Math.abs(mean) / error;
    if (!(score > most) || Math.abs(mean) < BEYOND_ITS_SWING * byChance) continue;
    most = score;
    found = { begins: meanOf(together.slice(0, steps)), ends: meanOf(together.slice(half)), steps };
  }
  return found;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}
