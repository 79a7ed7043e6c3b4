/** Where a run begins in what was observed: at its beginning, or at the same time of the day or week where enough was seen. */
import type { SeenArrivals } from '../model/index.ts';
import { DAY } from '../numeric/index.ts';

const WEEK = 7 * DAY;
/** 1970 began on a Thursday, and a run's week begins on Monday. */
export const THURSDAY = 3 * DAY;

interface ObservedFrom {
  readonly seen: SeenArrivals;
  /** Microseconds. */
  readonly begin: number;
}

/**
 * `moment`: since Monday 00:00; undefined where the run does not say when in the week it begins. Of less than a day nothing is known about
 * times of the day; of more, whole days, or whole weeks, begin anew.
 */
export function observedFrom(seen: SeenArrivals, moment: number | undefined): ObservedFrom {
  if (moment === undefined || seen.length < DAY) return { seen, begin: 0 };
  const unit = seen.length < WEEK ? DAY : WEEK;
  const length = Math.floor(seen.length / unit) * unit;
  const times = seen.times.filter((time) => time < length);
  const begin = (((moment - seen.begins - THURSDAY) % unit) + unit) % unit;
  return { seen: { ...seen, length, times }, begin };
}
