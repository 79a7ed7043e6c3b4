/**
 * How many of a resource there are at which hour of the week. Knows no dates: a week is like the other, and the clocks are never
 * put forward or back.
 */
import type { Resource } from '../../model/index.ts';
import { DAY } from '../../numeric/index.ts';

const WEEK = 7 * DAY;

/** `beginning`: microseconds since Monday 00:00 when the run begins, by the clock of the resource. */
export function countAt(
  { count, shifts }: Pick<Resource, 'count' | 'shifts'>,
  time: number,
  beginning: number,
): number {
  const moment = momentOfWeek(beginning + time);
  const day = Math.floor(moment / DAY);
  const sinceMidnight = moment - day * DAY;
  let found = count;
  // The last that covers a moment counts.
  for (const { days, from, to, count: present } of shifts) {
    const isOn = (which: number): boolean => days.length === 0 || days.includes(which);
    const covers =
      to > from
        ? isOn(day) && sinceMidnight >= from && sinceMidnight < to
        : (isOn(day) && sinceMidnight >= from) || (isOn((day + 6) % 7) && sinceMidnight < to);
    if (covers) found = present;
  }
  return found;
}

/** The next time after a time at which the number changes; Infinity where it never does. */
export function nextChange(resource: Pick<Resource, 'count' | 'shifts'>, time: number, beginning: number): number {
  const now = countAt(resource, time, beginning);
  const moment = momentOfWeek(beginning + time);
  const borders = resource.shifts.flatMap(({ from, to }) => [from, to % DAY]);
  let next = Number.POSITIVE_INFINITY;
  for (const border of borders) {
    for (let day = 0; day <= 7; day++) {
      let ahead = border + day * DAY - moment;
      if (ahead <= 0) ahead += WEEK;
      if (ahead > 0 && ahead < next && countAt(resource, time + ahead, beginning) !== now) next = ahead;
    }
  }
  return time + next;
}

function momentOfWeek(time: number): number {
  const moment = time % WEEK;
  return moment < 0 ? moment + WEEK : moment;
}
