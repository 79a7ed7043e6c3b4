/** One figure with its interval, and what it takes to have one. Knows nothing of how it is worked out. */
import type { MeasuredValue } from './result.ts';

export const CONFIDENCE = 0.95;
/** A percentile wants so many events beyond it, all replications together. */
export const TAIL_EVENTS = 10;

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

export function notEstimable(unit: string, samples: number, confidence: number): Estimate {
  return { unit, value: null, lower: null, upper: null, confidence, samples, status: 'not-estimable' };
}
