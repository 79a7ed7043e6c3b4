/** What a comparison of scenarios says. Plain data with a schema version; `pollux compare --format json` prints exactly this. */
import type { ElementId } from '../../model/index.ts';
import type { Finding, SimulationResult } from '../result.ts';

/** Raised whenever the shape of `ComparisonResult` changes. */
export const COMPARISON_SCHEMA = 1;

export interface ComparisonResult {
  readonly schema: typeof COMPARISON_SCHEMA;
  /** The scenario that is compared: what changed. */
  readonly result: SimulationResult;
  readonly comparisons: readonly Comparison[];
}

/** Against one other scenario, under the same random numbers. */
export interface Comparison {
  /** What it is held against: what was before. */
  readonly baseline: SimulationResult;
  /** Pairs of replications that both finished. */
  readonly pairs: number;
  /** Of every element and measure that both have, in the order of the result. */
  readonly differences: readonly Difference[];
  /** In plain words, what matters most first. */
  readonly sentences: readonly string[];
  /** Why the two share less of their luck than they could. */
  readonly findings: readonly Finding[];
}

/** A figure with its interval; null where there is none. */
export interface PairedEstimate {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface Difference {
  readonly element: ElementId;
  readonly measure: string;
  /** `s`, `1/s`, `1`. */
  readonly unit: string;
  /** Of the compared scenario, and of the one that it is held against. */
  readonly value: number | null;
  readonly baseline: number | null;
  /** `value − baseline`: Student's interval over the differences of the pairs; see `paired-percentile.ts` for percentiles. */
  readonly difference: PairedEstimate;
  /** `value / baseline`: the interval of the quotient of the two means (Fieller 1954, paired); null where the baseline may be 0. */
  readonly ratio: PairedEstimate;
  readonly confidence: number;
  readonly verdict: DifferenceVerdict;
}

/**
 * `better` and `worse` where the whole interval lies on one side of 0 and the measure has a good side; `higher` and `lower` where it has
 * none (a rate, a utilisation). `no-difference` where the interval holds 0 and no end of it is further away than 5 % of the baseline;
 * `undecided` where it is wider than that, or there is none.
 */
export type DifferenceVerdict = 'better' | 'worse' | 'higher' | 'lower' | 'no-difference' | 'undecided';
