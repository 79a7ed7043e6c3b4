/**
 * Between which ranks a quantile lies, from what each of several independent runs says of the share below it. Runs are clusters: within
 * one, times depend on each other, so a run counts as one piece of evidence, whatever it holds (Woodruff, "Confidence intervals for
 * medians and other position measures", JASA 47, 1952). Unlike the quantiles of the single runs, the shares are not biased where the
 * tail of each is thin, and two runs that hold the whole tail show as what they are. Knows nothing of what is ranked.
 */
import { meanInterval } from './interval.ts';

/** What one run says: of `weight` values (or seconds) the `share` is at or below the quantile of all. */
export interface RankedShare {
  readonly share: number;
  readonly weight: number;
}

export interface RankInterval {
  /** Ranks in the data of all runs, `lower` from 0 on; an `upper` of 1 or more is beyond the data. NaN from fewer than five runs. */
  readonly lower: number;
  readonly upper: number;
  /**
   * How many independent events beyond the quantile tell as much about its rank as all of these do (Kish, "Survey Sampling", 1965: the
   * effective size of a sample). Below four, even a normal interval of 95 % reaches beyond the data. Infinity where all runs agree.
   */
  readonly beyond: number;
}

/** So few runs say next to nothing about how far shares spread: Student's law would lead beyond the data with nearly every tail. */
const FEWEST = 5;

export function rankInterval(q: number, runs: readonly RankedShare[], confidence: number): RankInterval {
  const weight = runs.reduce((sum, run) => sum + run.weight, 0) / runs.length;
  const below = runs.reduce((sum, run) => sum + (run.weight === 0 ? 0 : run.weight * run.share), 0);
  const all = below / (weight * runs.length);
  // The share of all is a ratio of two sums: linearised, as in Cochran, "Sampling Techniques", 6.4.
  const deviations = runs.map((run) => (run.weight === 0 ? 0 : (run.weight / weight) * (run.share - all)));
  const { lower, upper } = meanInterval(deviations, confidence);
  const half = (upper - lower) / 2;
  if (runs.length < FEWEST || Number.isNaN(half))
    return { lower: Number.NaN, upper: Number.NaN, beyond: Number.POSITIVE_INFINITY };
  const ratio = (1 - q) / standardError(deviations);
  return { lower: Math.max(0, q - half), upper: q + half, beyond: ratio * ratio };
}

/** Of the mean of numbers whose sum is 0. */
function standardError(deviations: readonly number[]): number {
  const squares = deviations.reduce((sum, one) => sum + one * one, 0);
  return Math.sqrt(squares / (deviations.length - 1) / deviations.length);
}
