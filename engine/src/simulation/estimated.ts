/** One figure with its interval, and what it takes to have one. Knows nothing of how it is worked out. */
import { meanInterval, type RankedShare, type RankInterval, rankInterval } from '../numeric/index.ts';
import type { MeasuredValue } from './result.ts';

export const CONFIDENCE = 0.95;
/** A percentile wants so many events beyond it, all replications together. */
export const TAIL_EVENTS = 10;
/** And they must tell as much as so many that do not depend on each other: times in one queue come and go together. */
const INDEPENDENT_EVENTS = 4;

export type Estimate = Omit<MeasuredValue, 'element' | 'measure'>;

/** 0.95 for `p95`; null for what is no percentile. */
export function quantileOf(statistic: string): number | null {
  const match = /^p(\d{1,2}(?:\.\d+)?)$/.exec(statistic);
  return match === null ? null : Number(match[1]) / 100;
}

export function ok(
  unit: string,
  value: number,
  lower: number,
  upper: number,
  samples: number,
  confidence: number,
): Estimate {
  const bounded = Number.isFinite(lower) && Number.isFinite(upper);
  return {
    unit,
    value,
    lower: bounded ? lower : null,
    upper: bounded ? upper : null,
    confidence,
    samples,
    status: 'ok',
  };
}

/** Where nothing else is known of it, at least above what it lies may be. */
export function notEstimable(unit: string, samples: number, confidence: number, lower: number | null = null): Estimate {
  return { unit, value: null, lower, upper: null, confidence, samples, status: 'not-estimable' };
}

/** What all replications together say of one percentile; `own` are the percentiles of the single ones. */
interface PercentileData {
  readonly q: number;
  readonly value: number;
  /** Values behind it. */
  readonly count: number;
  readonly runs: readonly RankedShare[];
  readonly own: readonly number[];
  /** What stands at a rank in the data of all. */
  at(rank: number): number;
}

/** A percentile wants enough values on both sides of it: too few are not estimable. */
export function hasTails(q: number, count: number): boolean {
  return count > 0 && (1 - q) * count >= TAIL_EVENTS && q * count >= TAIL_EVENTS;
}

/** The one rule for the interval of a percentile, be it of times or of levels; `size` is what the unit is in the data's. */
export function percentile(data: PercentileData, unit: string, size: number, confidence: number): Estimate {
  const { q, value, count, runs } = data;
  const ranks = rankInterval(q, runs, confidence);
  if (ranks.beyond < INDEPENDENT_EVENTS) return notEstimable(unit, count, confidence, data.at(ranks.lower) / size);
  const { lower, upper } = endsOfQuantile(data, ranks, confidence);
  return ok(unit, value / size, lower / size, upper / size, count, confidence);
}

/**
 * Between the ranks, as far as the data goes. With few replications, or a high confidence, Student's law is so wide that it goes beyond: then
 * by the spread of the replications' own quantiles, around that of all data, since each of theirs is biased where its tail is thin.
 */
function endsOfQuantile(
  { value, own, at }: PercentileData,
  ranks: RankInterval,
  confidence: number,
): { readonly lower: number; readonly upper: number } {
  if (ranks.upper < 1) return { lower: at(ranks.lower), upper: at(ranks.upper) };
  const { lower, upper } = meanInterval(own, confidence);
  const half = (upper - lower) / 2;
  return { lower: Math.max(0, value - half), upper: value + half };
}
