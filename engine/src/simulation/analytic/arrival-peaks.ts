/** How often a load arrives at a moment of the run, and when that may change. Recordings are not known before they are read. */
import type { Arrivals } from '../../model/index.ts';
import { DAY, meanOf, SECOND, sineOfTurns } from '../../numeric/index.ts';
import { type Bounds, exactly } from './bounds.ts';

/** After which shifts repeat themselves. */
export const WEEK = 7 * DAY;

/** Arrivals a second; `each` is the time of one run without waiting. */
export function rateAt(arrivals: Arrivals, time: number, beginning: number, each: Bounds): Bounds {
  switch (arrivals.kind) {
    case 'poisson':
      return exactly(arrivals.rate);
    case 'ramp': {
      const part = arrivals.over > 0 ? Math.min(1, Math.max(0, time / arrivals.over)) : 1;
      return exactly(arrivals.from + (arrivals.to - arrivals.from) * part);
    }
    case 'swing': {
      const { rate, swing, period, peak } = arrivals;
      const turns = peak === undefined ? time / period : 0.25 + (time + beginning - peak) / period;
      return exactly(rate * (1 + swing * sineOfTurns(turns)));
    }
    case 'pattern': {
      const sorted = [...arrivals.points].sort((a, b) => a.time - b.time);
      const at = arrivals.daily ? (beginning + time) % DAY : time;
      const last = sorted.filter((point) => point.time <= at).at(-1) ?? (arrivals.daily ? sorted.at(-1) : undefined);
      return exactly(last?.rate ?? 0);
    }
    case 'renewal': {
      const gap = meanOf(arrivals.gap);
      return gap > 0 ? exactly(SECOND / gap) : { low: 0, high: Number.POSITIVE_INFINITY };
    }
    case 'closed': {
      // However long they queue, all users together never wait for more than each other.
      const thinking = meanOf(arrivals.thinking);
      if (Number.isNaN(thinking)) return { low: 0, high: Number.POSITIVE_INFINITY };
      const most = (arrivals.users * SECOND) / (thinking + each.low);
      const least = (arrivals.users * SECOND) / (thinking + arrivals.users * each.high);
      return { low: Number.isNaN(least) ? 0 : least, high: most };
    }
    case 'replay':
    case 'observed':
      return { low: 0, high: Number.POSITIVE_INFINITY };
  }
}

/** Moments of the run, microseconds, between which the rate is steady or grows towards one of them. */
export function changesOf(arrivals: Arrivals, beginning: number, duration: number): number[] {
  if (arrivals.kind === 'ramp') return [0, Math.min(arrivals.over, duration)];
  if (arrivals.kind === 'swing') return turnsOf(arrivals, beginning, duration);
  if (arrivals.kind !== 'pattern') return [0];
  const times = arrivals.points.map(({ time }) => time);
  if (!arrivals.daily) return [0, ...times.filter((time) => time <= duration)];
  return [0, ...times.map((time) => (((time - beginning) % DAY) + DAY) % DAY).filter((time) => time <= duration)];
}

/** The first time that a swinging rate is at its highest and at its lowest, and the end: what comes later is like what came before. */
function turnsOf(
  { period, peak }: Extract<Arrivals, { readonly kind: 'swing' }>,
  beginning: number,
  duration: number,
): number[] {
  const highest = peak === undefined ? period / 4 : (((peak - beginning) % period) + period) % period;
  const lowest = (highest + period / 2) % period;
  return [0, highest, lowest, duration].filter((time) => time <= duration);
}
