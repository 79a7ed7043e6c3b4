/**
 * The engine's one time type: a float64 count of microseconds. It counts microseconds exactly for 285 years and
 * holds fractions of one for service times. Knows no wall clock and no calendar.
 */

/** Microseconds: a duration, or an offset from the beginning of a run. */
export type Microseconds = number;

export const MICROSECOND = 1;
export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function toSeconds(time: Microseconds): number {
  return time / SECOND;
}

export function fromSeconds(seconds: number): Microseconds {
  return seconds * SECOND;
}

const units: readonly (readonly [string, number])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['min', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
  ['us', MICROSECOND],
];

/** Three significant digits in the largest unit that leaves a value of at least 1: `1.25 s`, `340 ms`. */
export function formatTime(time: Microseconds): string {
  if (time === 0) return '0 s';
  const [unit, size] = units.find(([, candidate]) => Math.abs(time) >= candidate) ?? ['us', MICROSECOND];
  return `${Number((time / size).toPrecision(3))} ${unit}`;
}
