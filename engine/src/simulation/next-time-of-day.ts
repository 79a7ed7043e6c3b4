/**
 * When a clock shows a time of day next. Days are those of the calendar: once on each. Where the clock is put forward over that time
 * it is the moment of doing so, and where the clock shows it twice it is the first time. Knows no zones: the clock does.
 */
import { DAY } from '../numeric/index.ts';
import type { WallClock } from './wall-clock.ts';

/** `timeOfDay`: microseconds since midnight; the answer is after `after`, never then. */
export function nextTimeOfDay(clock: WallClock, timeOfDay: number, after: number): number {
  // Put back over midnight, it shows the day before once more.
  for (let day = Math.floor(clock.at(after) / DAY) - 1; ; day++) {
    const time = momentOf(clock, day * DAY + timeOfDay);
    if (time > after) return time;
  }
}

/** When it shows that much, or more, for the first time. */
function momentOf({ stretches }: WallClock, shown: number): number {
  for (let i = 0; i < stretches.length; i++) {
    const stretch = stretches[i]!;
    // Before the run it went as in its beginning.
    const time = i === 0 ? shown - stretch.shown : Math.max(stretch.from, shown - stretch.shown);
    if (time < (stretches[i + 1]?.from ?? Number.POSITIVE_INFINITY)) return time;
  }
  return Number.POSITIVE_INFINITY;
}
