/**
 * Paired statistics: what differs between two variants that were run under the same luck. The interval is Student's over the differences of
 * the pairs (Law, "Simulation Modeling and Analysis", 10.2.1), that of the ratio Fieller's (1954); percentiles have their own way. Knows
 * no element of any model.
 */
import { meanInterval, SKETCH_ERROR, studentQuantile } from '../../numeric/index.ts';
import { CONFIDENCE, quantileOf } from '../estimate.ts';
import type { DifferenceVerdict, PairedEstimate } from './comparison-result.ts';
import { type Bounded, percentileDifference, percentileRatio } from './paired-percentile.ts';

/** A change that is surely smaller than this share of the baseline counts as none. */
const MATTERS = 0.05;

const ROUNDING = 1e-12;

const nothing: PairedEstimate = { value: null, lower: null, upper: null };

interface Paired {
  readonly difference: PairedEstimate;
  readonly ratio: PairedEstimate;
}

/** Two percentiles with intervals of their own, how far they go together, and what each may be off by beside chance. */
export interface PairedPercentiles {
  readonly one: Bounded;
  readonly other: Bounded;
  readonly together: number;
  readonly error: number;
}

/** Figures by replication, and the figures that are told of all of them; null where there is none. */
export function paired(
  statistic: string,
  figures: readonly number[],
  baselines: readonly number[],
  value: number | null,
  baseline: number | null,
  percentiles?: PairedPercentiles,
): Paired {
  if (value === null || baseline === null) return { difference: nothing, ratio: nothing };
  if (percentiles !== undefined && !isEqual(figures, baselines)) {
    const { one, other, together, error } = percentiles;
    return {
      difference: percentileDifference(one, other, together, error),
      ratio: baseline === 0 ? nothing : percentileRatio(one, other, together, error),
    };
  }
  const pairs = figures.flatMap((figure, at): [number, number][] => {
    const other = baselines[at] ?? Number.NaN;
    return Number.isFinite(figure) && Number.isFinite(other) ? [[figure, other]] : [];
  });
  const differences = pairs.map(([a, b]) => differenceOf(a, b));
  const { mean, lower, upper } = meanInterval(differences, CONFIDENCE);
  const isSame =
    differences.length > 0 &&
    differences.every((difference) => difference === 0) &&
    differenceOf(value, baseline) === 0;
  // Percentiles are told of all data together, and only as exactly as their sketch.
  const isSketched = quantileOf(statistic) !== null;
  const shown = isSketched || Number.isNaN(mean) ? differenceOf(value, baseline) : mean;
  const sketch = isSketched && !isSame ? SKETCH_ERROR * Math.max(Math.abs(value), Math.abs(baseline)) : 0;
  const half = (upper - lower) / 2 + sketch;
  const difference = Number.isFinite(half)
    ? { value: shown, lower: shown - half, upper: shown + half }
    : { value: shown, lower: null, upper: null };
  return { difference, ratio: baseline === 0 ? nothing : ratioOf(pairs, value / baseline, isSame) };
}

function isEqual(figures: readonly number[], baselines: readonly number[]): boolean {
  return figures.length === baselines.length && figures.every((figure, at) => figure === baselines[at]);
}

/** What sums in another order leave behind is no difference. */
function differenceOf(a: number, b: number): number {
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
}

function ratioOf(pairs: readonly (readonly [number, number])[], shown: number, isSame: boolean): PairedEstimate {
  const count = pairs.length;
  if (isSame && count > 1) return { value: 1, lower: 1, upper: 1 };
  const alone = { value: shown, lower: null, upper: null };
  if (count < 2) return alone;
  const [a, b] = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side]!, 0) / count) as [number, number];
  const moment = (x: 0 | 1, y: 0 | 1): number => {
    const means = [a, b] as const;
    const sum = pairs.reduce((all, pair) => all + (pair[x] - means[x]) * (pair[y] - means[y]), 0);
    return sum / (count - 1) / count;
  };
  const t = studentQuantile((1 + CONFIDENCE) / 2, count - 1);
  const square = b * b - t * t * moment(1, 1);
  const linear = a * b - t * t * moment(0, 1);
  const constant = a * a - t * t * moment(0, 0);
  const root = linear * linear - square * constant;
  // The baseline cannot be told from 0: no bound on the ratio.
  if (!(square > 0) || !(root >= 0)) return alone;
  const shift = shown - a / b;
  const spread = Math.sqrt(root);
  return { value: shown, lower: (linear - spread) / square + shift, upper: (linear + spread) / square + shift };
}

/** See `DifferenceVerdict`. */
export function verdictOf(
  { value, lower, upper }: PairedEstimate,
  baseline: number | null,
  better: 'lower' | 'higher' | undefined,
): DifferenceVerdict {
  if (value === null || lower === null || upper === null || baseline === null) return 'undecided';
  if (lower > 0 || upper < 0) {
    const way = lower > 0 ? 'higher' : 'lower';
    if (better === undefined) return way;
    return way === better ? 'better' : 'worse';
  }
  const tolerance = MATTERS * Math.abs(baseline);
  return -lower <= tolerance && upper <= tolerance ? 'no-difference' : 'undecided';
}
