/**
 * What the figures of ended work leave out: work that the end of the run cut off, or that was turned away. It could have
 * taken any time and could still have failed, so no expectation is met that it might have broken.
 */
import { type QuantileSketch, SECOND } from '../numeric/index.ts';
import { partsOfMeasure } from '../property/index.ts';
import { type Estimate, quantileOf } from './estimate.ts';
import type { Sample } from './subjects.ts';

/** A mean says something about all the work only where less than this share of it is missing. */
const MISSING_FROM_MEAN = 0.05;

export interface Unfinished {
  readonly missing: number;
  readonly began: number;
}

/** `measure`: as it is written, `p95(time_to)`. */
export function unfinishedOf(measure: string, samples: readonly Sample[]): Unfinished {
  const { statistic, of } = partsOfMeasure(measure);
  const what = of ?? statistic;
  if (what === 'time_to' || what === 'probability') return unfinishedInstances(what, samples);
  // Of waits and stays those that ended are told.
  if (of !== null || what === 'time_in')
    return { missing: 0, began: samples.reduce((sum, { count }) => sum + count, 0) };
  let missing = 0;
  let began = 0;
  for (const { started, failed, latency } of samples) {
    missing += started - failed - latency.count;
    began += started;
  }
  return { missing, began };
}

/** Instances that have not ended; of the time to get there, those of them that may still get there. */
function unfinishedInstances(what: 'time_to' | 'probability', samples: readonly Sample[]): Unfinished {
  let missing = 0;
  let all = 0;
  for (const { instances, laws } of samples) {
    if (instances === undefined) continue;
    const { seen, ended, began } = instances;
    all += began;
    missing += what === 'probability' ? began - ended : began - (ended - seen) - (laws.time_to?.count ?? seen);
  }
  return { missing, began: all };
}

/** The interval widened by the worst that the missing work could have brought. */
export function withUnfinished(
  measure: string,
  estimated: Estimate,
  { missing, began }: Unfinished,
  pooled: QuantileSketch,
): Estimate {
  const { value, lower, upper } = estimated;
  if (missing <= 0 || value === null || lower === null || upper === null) return estimated;
  const share = missing / began;
  const { statistic, of } = partsOfMeasure(measure);
  if (of !== null && of !== 'time_to') return estimated;
  switch (statistic) {
    case 'errors':
      return { ...estimated, upper: Math.min(1, upper + share) };
    case 'probability':
      return { ...estimated, lower: Math.max(0, lower - share), upper: Math.min(1, upper + share) };
    case 'availability':
      return { ...estimated, lower: Math.max(0, lower - share) };
    case 'mean':
    case 'time_to':
      return share < MISSING_FROM_MEAN ? estimated : { ...estimated, upper: Number.POSITIVE_INFINITY };
  }
  const q = quantileOf(statistic);
  if (q === null) return estimated;
  // All of the missing beyond it: then it stands at a higher rank among those that ended.
  const rank = (q * (pooled.count + missing)) / pooled.count;
  const shift = rank >= 1 ? Number.POSITIVE_INFINITY : pooled.quantile(rank) - pooled.quantile(q);
  return { ...estimated, upper: upper + shift / SECOND };
}
