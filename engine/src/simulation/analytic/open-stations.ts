/** Which formula tells how long one waits at a station that random loads come to, and what it says. */
import {
  allenCunneen,
  delaySystem,
  figuresOfWait,
  type QueueFigures,
  responseQuantile,
  sharedServers,
  shorterOfTwo,
  shortestOf,
  singleServer,
} from './closed-forms/index.ts';
import { priorityStation } from './priority-stations.ts';
import type { Form } from './solution.ts';
import type { Station, Visitor } from './stations.ts';

export interface OpenStation {
  readonly form: Form;
  readonly exact: boolean;
  /** Of one of its units. */
  readonly figures: QueueFigures;
  /** Mean wait of one visit, seconds. */
  waitOf(visitor: Visitor): number;
  /** Where the law of the response is known, and not only its mean: of a share of the visits it is at most so long. */
  readonly responseWithin?: (share: number) => number;
}

/** A network of such stations is a product of its parts. Source: F. Baskett, K. M. Chandy, R. R. Muntz, F. G. Palacios, 1975. */
export function hasProductForm({ scheduling, visitors }: Station): boolean {
  if (scheduling !== 'fifo') return scheduling === 'sharing';
  const [first] = visitors;
  return visitors.every(
    ({ isExponential, mean }) => isExponential && Math.abs(mean - (first?.mean ?? 0)) <= 1e-9 * mean,
  );
}

/** How calls are spread over alike stations: each by chance, each in its turn, to the least busy, or to the less busy of two. */
export type Spread = 'chance' | 'turns' | 'least' | 'two';

export interface Surroundings {
  readonly spread: Spread;
  /** Nothing in the way, and every station has a product form. */
  readonly isProduct: boolean;
  /** Nothing in the way, it is the only station where anybody waits, and each run comes at most once. */
  readonly isAlone: boolean;
  /** Of the gaps between arrivals: the squared coefficient of variation. */
  readonly ofArrivals: number;
}

const TO_THE_LESS_BUSY = 'Calls go to the less busy of several nodes: no formula here tells how long they wait there.';

/** In words where no formula tells it. */
export function openStation(
  station: Station,
  { spread, isProduct, isAlone, ofArrivals: ofLoad }: Surroundings,
): OpenStation | string | undefined {
  const { visitors, servers, units, scheduling } = station;
  const arrivals = visitors.reduce((sum, { rate }) => sum + rate, 0) / units;
  if (!(arrivals > 0) || !(servers > 0)) return undefined;
  const service = meanOver(visitors, ({ mean }) => mean);
  const system = { arrivals, service, servers };
  // Every so manieth of the arrivals of a load: its gaps are sums.
  const ofArrivals = spread === 'turns' ? ofLoad / units : ofLoad;
  const isRandom = ofArrivals === 1;
  const inOrder = (form: Form, exact: boolean, figures: QueueFigures): OpenStation => ({
    form,
    exact,
    figures,
    waitOf: () => figures.wait,
  });
  if ((spread === 'least' || spread === 'two') && units > 1) {
    if (!hasProductForm(station) || scheduling !== 'fifo' || ofLoad !== 1) return TO_THE_LESS_BUSY;
    if (spread === 'least' || units === 2) return inOrder('G/G/c', false, shortestOf(units, system));
    return servers === 1 ? inOrder('G/G/c', false, shorterOfTwo(system)) : TO_THE_LESS_BUSY;
  }
  if (scheduling === 'sharing') {
    const figures = sharedServers(system);
    return {
      form: 'M/G/c sharing',
      exact: isRandom && (isProduct || isAlone),
      figures,
      waitOf: ({ mean }) => figures.wait * (mean / service),
    };
  }
  if (scheduling !== 'fifo') {
    if (!isRandom) return 'No formula tells who waits by priority where arrivals are not random.';
    const solved = priorityStation(station);
    if (typeof solved === 'string') return solved;
    const wait = meanOver(visitors, solved.waitOf);
    const figures = figuresOfWait(arrivals, service, servers, wait, Number.NaN);
    return { ...solved, exact: isAlone, figures };
  }
  if (hasProductForm(station) && isRandom) {
    if (!isAlone) return inOrder('Jackson network', isProduct, delaySystem(system));
    return {
      ...inOrder('M/M/c', true, delaySystem(system)),
      responseWithin: (share) => responseQuantile(system, share),
    };
  }
  const second = meanOver(visitors, (visitor) => visitor.second);
  if (!Number.isFinite(second)) return undefined;
  if (servers === 1 && isRandom) {
    return inOrder('M/G/1', isAlone, singleServer({ arrivals, mean: service, second }));
  }
  return inOrder('G/G/c', false, allenCunneen(system, second / (service * service) - 1, ofArrivals));
}

function meanOver(visitors: readonly Visitor[], pick: (visitor: Visitor) => number): number {
  const rate = visitors.reduce((sum, visitor) => sum + visitor.rate, 0);
  return visitors.reduce((sum, visitor) => sum + visitor.rate * pick(visitor), 0) / rate;
}
