/**
 * The engine's one time type: a float64 count of microseconds. It counts microseconds exactly for 285 years and
 * holds fractions of one for service times. Knows no wall clock and no calendar.
 */

/** Microseconds: a duration, or an offset from the beginning of a run. */
type Microseconds = number;

export const MICROSECOND = 1;
export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function toSeconds(time: Microseconds): number {
  return time / SECOND;
}
