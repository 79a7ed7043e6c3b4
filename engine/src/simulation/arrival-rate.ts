/**
 * Poisson arrivals whose rate changes with time, by inversion: the next arrival is where the area under the rate has
 * grown by an exponential variate. Knows nothing of streams: the variate is given.
 */
import type { Arrivals } from '../model/index.ts';
import { bisect, DAY, SECOND, sineOfTurns } from '../numeric/index.ts';
import type { WallClock } from './wall-clock.ts';

export interface ArrivalRate {
  /** The time at which `area` more arrivals than at `time` were expected; Infinity where that never comes. Microseconds. */
  after(time: number, area: number): number;
}

/** Null where the gaps between arrivals do not depend on the time. */
export function arrivalRate(arrivals: Arrivals, from: number, clock: WallClock): ArrivalRate | null {
  switch (arrivals.kind) {
    case 'ramp':
      return ramp(arrivals.from / SECOND, arrivals.to / SECOND, arrivals.over, from);
    case 'swing':
      return byClock(clock, (beginning) => swing(arrivals, from, beginning));
    case 'pattern':
      return arrivals.daily
        ? byClock(clock, (beginning) => daily(arrivals.points, beginning))
        : steps(arrivals.points, from);
    default:
      return null;
  }
}

/** In each stretch between two changes of the clock the rate is that of a day, or a wave, that goes on from what the clock shows. */
function byClock({ stretches }: WallClock, rateOf: (beginning: number) => ArrivalRate): ArrivalRate {
  const parts = stretches.map(({ from, shown }, at) => ({
    rate: rateOf(shown),
    end: stretches[at + 1]?.from ?? Number.POSITIVE_INFINITY,
    from,
  }));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.rate;
  return {
    after(time, area) {
      let at = time;
      let left = area;
      for (const { rate, end } of parts) {
        if (end <= at) continue;
        const found = rate.after(at, left);
        if (found < end || end === Number.POSITIVE_INFINITY) return found;
        left = Math.max(0, left - areaUntil(rate.after, at, end, left));
        at = end;
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

/** What is expected to arrive until `end`, by bisection: asked only where a gap crosses a step. `most` leads beyond it. */
export function areaUntil(after: ArrivalRate['after'], at: number, end: number, most: number): number {
  let low = 0;
  let high = most;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (after(at, middle) < end) low = middle;
    else high = middle;
  }
  return low;
}

/** Rates are a microsecond. */
function ramp(first: number, last: number, over: number, from: number): ArrivalRate {
  const slope = over > 0 ? (last - first) / over : 0;
  const areaUntil = (t: number): number => {
    const rising = Math.min(t, over);
    return first * rising + (slope * rising * rising) / 2 + last * Math.max(0, t - over);
  };
  const whole = areaUntil(over);
  return {
    after(time, area) {
      const goal = areaUntil(Math.max(0, time - from)) + area;
      if (goal >= whole) return last > 0 ? from + over + (goal - whole) / last : Number.POSITIVE_INFINITY;
      // The root of first·t + slope·t²/2 = goal, in the form that neither cancels nor divides by a slope of 0.
      return from + (2 * goal) / (first + Math.sqrt(first * first + 2 * slope * goal));
    },
  };
}

/** In arrivals. */
const AREA_ERROR = 1e-10;

/** Whole periods are taken at once; within one the area is found by Newton's steps, or by halves where those go astray. */
function swing(
  { rate, swing: share, period, peak }: Extract<Arrivals, { readonly kind: 'swing' }>,
  from: number,
  beginning: number,
): ArrivalRate {
  const mean = rate / SECOND;
  // Where in its period the sine is when the run begins.
  const phase = peak === undefined ? -from / period : 0.25 - (peak - beginning) / period;
  const amplitude = (mean * share * period) / 6.283185307179586;
  const wave = (time: number): number => sineOfTurns(phase - 0.25 + time / period);
  return {
    after(time, area) {
      const periods = Math.floor(area / (mean * period));
      const left = area - periods * mean * period;
      const begin = wave(time);
      const areaFor = (length: number): number => mean * length + amplitude * (wave(time + length) - begin);
      let length = left / mean;
      for (let step = 0; step < 8; step++) {
        const miss = areaFor(length) - left;
        if (Math.abs(miss) < AREA_ERROR) return time + periods * period + length;
        const here = mean * (1 + share * sineOfTurns(phase + (time + length) / period));
        length = Math.max(0, Math.min(period, length - miss / Math.max(here, mean * 0.01)));
      }
      return time + periods * period + bisect(0, period, (length) => areaFor(length) < left);
    },
  };
}

interface Step {
  readonly time: number;
  readonly rate: number;
}

/** Before the first point nothing arrives; the last rate stays. */
function steps(points: readonly Step[], from: number): ArrivalRate {
  const sorted = sortedByTime(points).map(({ time, rate }) => ({ time: from + time, rate: rate / SECOND }));
  return {
    after(time, area) {
      let at = time;
      let left = area;
      for (const [index, { time: begin, rate }] of sorted.entries()) {
        const end = sorted[index + 1]?.time ?? Number.POSITIVE_INFINITY;
        if (end <= at) continue;
        at = Math.max(at, begin);
        if (rate > 0 && left <= rate * (end - at)) return at + left / rate;
        left -= rate > 0 ? rate * (end - at) : 0;
        at = end;
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

/** Before the first point of a day the last rate of the day before holds. */
function daily(points: readonly Step[], beginning: number): ArrivalRate {
  const sorted = sortedByTime(points).map(({ time, rate }) => ({ time, rate: rate / SECOND }));
  const last = sorted[sorted.length - 1];
  if (last === undefined) return { after: () => Number.POSITIVE_INFINITY };
  const day = [{ time: 0, rate: last.rate }, ...sorted].map(({ time, rate }, index, all) => ({
    begin: time,
    end: all[index + 1]?.time ?? DAY,
    rate,
  }));
  const areaOfDay = day.reduce((sum, { begin, end, rate }) => sum + rate * (end - begin), 0);
  return {
    after(time, area) {
      if (!(areaOfDay > 0) || !Number.isFinite(time)) return Number.POSITIVE_INFINITY;
      const sinceMidnight = (beginning + time) % DAY;
      let midnight = time - sinceMidnight;
      let at = sinceMidnight;
      let left = area;
      for (;;) {
        for (const { begin, end, rate } of day) {
          if (end <= at) continue;
          at = Math.max(at, begin);
          if (rate > 0 && left <= rate * (end - at)) return midnight + at + left / rate;
          left -= rate * (end - at);
        }
        midnight += DAY;
        at = 0;
        const days = Math.floor(left / areaOfDay);
        // More days than there are numbers: it never comes.
        if (!Number.isFinite(days)) return Number.POSITIVE_INFINITY;
        midnight += days * DAY;
        left -= days * areaOfDay;
      }
    },
  };
}

function sortedByTime(points: readonly Step[]): readonly Step[] {
  return [...points].sort((a, b) => a.time - b.time);
}
