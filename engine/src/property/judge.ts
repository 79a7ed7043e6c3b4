/**
 * The verdict on one demand against one figure with its interval: the only place where a property is decided,
 * whether the figure was simulated or observed. Knows nothing of where figures come from.
 */

/** The figure may not exceed it, must stay under it, …; in the same unit as the figure. */
export interface BoundDemand {
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly bound: number;
}

export type Verdict = 'met' | 'missed' | 'undecided';

/**
 * Met where the whole interval satisfies the demand, missed where none of it does, undecided where the interval
 * spans the bound. An end that is not known (null) is as far away as can be: a percentile that is too uncertain to be told
 * may still be known to lie above the bound. A figure without an interval has both ends equal to it.
 */
export function judge(value: number | null, lower: number | null, upper: number | null, demand: BoundDemand): Verdict {
  if (Number.isNaN(value) || Number.isNaN(lower) || Number.isNaN(upper)) return 'undecided';
  const atLower = satisfies(lower ?? Number.NEGATIVE_INFINITY, demand);
  const atUpper = satisfies(value === null || upper === null ? Number.POSITIVE_INFINITY : upper, demand);
  if (atLower !== atUpper) return 'undecided';
  return atLower ? 'met' : 'missed';
}

/** Whether a single number satisfies the demand. */
export function satisfies(value: number, demand: BoundDemand): boolean {
  switch (demand.operator) {
    case '<':
      return value < demand.bound;
    case '<=':
      return value <= demand.bound;
    case '>':
      return value > demand.bound;
    case '>=':
      return value >= demand.bound;
  }
}
