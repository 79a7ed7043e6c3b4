/**
 * The measures of the language over an observed window, and the verdict on an expectation. The simulated reading of
 * the same measures is the simulation's; both are decided by `judge`.
 */
import type { Expectation } from '../model/index.ts';
import type { WindowSample } from '../observation/index.ts';
import { judge, type Verdict } from './judge.ts';
import { measureNamed, plainMeasure, whyNotComputed } from './measures.ts';
import { countInterval, type Estimate, quantileRanks, shareInterval } from './observed-interval.ts';

const SECOND = 1_000_000;

/** Fewer occurrences say nothing about times. */
const ENOUGH = 10;

interface ObservedWindow {
  readonly sample: WindowSample;
  /** Event time that the sample covers, seconds. */
  readonly seconds: number;
}

export interface ObservedVerdict {
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly unit: string;
  /** What the value is compared with; null where there is no prediction yet. */
  readonly bound: number | null;
  readonly reason?: string;
}

/** Why there is no figure. */
interface Unmeasured {
  readonly reason: string;
}

/** In the measure's unit (seconds, per second, a share or a count). */
export function measureObserved(statistic: string, { sample, seconds }: ObservedWindow): Estimate | Unmeasured {
  const { count, failed } = sample;
  const quantile = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (quantile !== undefined) return tooFew(count) ?? quantileOf(sample, Number(quantile) / 100);
  switch (statistic) {
    case 'mean':
      return tooFew(count) ?? meanOf(sample);
    case 'min':
      return tooFew(count) ?? exactly(sample.ranked(1) / SECOND);
    case 'max':
      return tooFew(count) ?? exactly(sample.ranked(count) / SECOND);
    case 'count':
      return exactly(count);
    case 'rate':
    case 'throughput': {
      if (seconds <= 0) return { reason: 'nothing was observed yet' };
      const { lower, upper } = countInterval(count);
      return { value: count / seconds, lower: lower / seconds, upper: upper / seconds };
    }
    case 'errors':
      return tooFew(count) ?? shareInterval(failed, count);
    case 'availability':
      return tooFew(count) ?? shareInterval(count - failed, count);
    default:
      return { reason: `${statistic} cannot be read from spans` };
  }
}

/** `predicted` is the simulation's figure for the same measure, in its unit. */
export function judgeObserved(expectation: Expectation, seen: ObservedWindow, predicted?: Estimate): ObservedVerdict {
  const { measure, demand } = expectation;
  const unit = measureNamed(measure.of ?? measure.statistic)?.unit ?? '1';
  const none = { value: null, lower: null, upper: null, unit } as const;
  const missing = whyNotComputed(measure);
  const estimate = missing === undefined ? measureObserved(plainMeasure(measure), seen) : { reason: missing };
  if ('reason' in estimate) return { verdict: 'undecided', ...none, bound: null, reason: estimate.reason };
  const observed = { value: estimate.value, lower: estimate.lower, upper: finite(estimate.upper), unit };
  if (demand.kind === 'bound') {
    const bound = unit === 's' ? demand.bound / SECOND : demand.bound;
    const verdict = judge(estimate.value, estimate.lower, estimate.upper, { operator: demand.operator, bound });
    return { verdict, ...observed, bound, ...(verdict === 'undecided' ? { reason: spans(seen) } : {}) };
  }
  if (predicted === undefined) {
    const reason = 'not simulated at the observed load yet';
    return { verdict: 'undecided', ...observed, bound: null, reason };
  }
  const verdict = withinOf(estimate, predicted, demand.tolerance);
  return {
    verdict,
    ...observed,
    bound: predicted.value,
    ...(verdict === 'undecided' ? { reason: spans(seen) } : {}),
  };
}

/** Met where every pair of true figures that the intervals allow is close enough, missed where none is. */
function withinOf(observed: Estimate, predicted: Estimate, tolerance: number): Verdict {
  if (observed.lower > predicted.upper * (1 + tolerance)) return 'missed';
  if (observed.upper < predicted.lower * (1 - tolerance)) return 'missed';
  const under = observed.upper <= predicted.lower * (1 + tolerance);
  const over = observed.lower >= predicted.upper * (1 - tolerance);
  return under && over ? 'met' : 'undecided';
}

function tooFew(count: number): Unmeasured | undefined {
  return count >= ENOUGH ? undefined : { reason: `only ${count} in the window, at least ${ENOUGH} are needed` };
}

function quantileOf(sample: WindowSample, q: number): Estimate {
  const ranks = quantileRanks(sample.count, q);
  return {
    value: sample.quantile(q) / SECOND,
    lower: ranks.lower === 0 ? 0 : sample.ranked(ranks.lower) / SECOND,
    upper: ranks.upper > sample.count ? Number.POSITIVE_INFINITY : sample.ranked(ranks.upper) / SECOND,
  };
}

function meanOf(sample: WindowSample): Estimate {
  const mean = sample.sum / sample.count;
  const half = (1.96 * sample.deviation) / Math.sqrt(sample.count);
  return { value: mean / SECOND, lower: Math.max(0, mean - half) / SECOND, upper: (mean + half) / SECOND };
}

function exactly(value: number): Estimate {
  return { value, lower: value, upper: value };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function spans(seen: ObservedWindow): string {
  return `the interval of ${seen.sample.count} occurrences spans the bound`;
}
