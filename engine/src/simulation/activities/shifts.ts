/** How many of a resource there are at which hour of the week, by its clock. Knows no dates and no zones: the clock does. */
import type { Resource } from '../../model/index.ts';
import { DAY } from '../../numeric/index.ts';
import type { WallClock } from '../wall-clock.ts';

const WEEK = 7 * DAY;

type Shifted = Pick<Resource, 'count' | 'shifts'>;

export function countAt({ count, shifts }: Shifted, time: number, clock: WallClock): number {
  const moment = momentOfWeek(clock.at(time));
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
export function nextChange(resource: Shifted, time: number, clock: WallClock): number {
  const now = countAt(resource, time, clock);
  for (let at = time; ; ) {
    const step = clock.nextStep(at);
    const next = nextBorder(resource, at, clock, now, step);
    if (next < step || step === Number.POSITIVE_INFINITY) return next;
    if (countAt(resource, step, clock) !== now) return step;
    at = step;
  }
}

/** As if the clock were not touched after `time`; what is not before `until` is of no interest. */
function nextBorder(resource: Shifted, time: number, clock: WallClock, now: number, until: number): number {
  const moment = momentOfWeek(clock.at(time));
  const borders = resource.shifts.flatMap(({ from, to }) => [from, to % DAY]);
  let next = Number.POSITIVE_INFINITY;
  for (const border of borders) {
    for (let day = 0; day <= 7; day++) {
      let ahead = border + day * DAY - moment;
      if (ahead <= 0) ahead += WEEK;
      if (ahead <= 0 || ahead >= next || time + ahead >= until) continue;
      if (countAt(resource, time + ahead, clock) !== now) next = ahead;
    }
  }
  return time + next;
}

function momentOfWeek(time: number): number {
  const moment = time % WEEK;
  return moment < 0 ? moment + WEEK : moment;
}
