/** Which formula tells how long one waits at a station that random loads come to, and what it says. */
import { allenCunneen, delaySystem, type QueueFigures, sharedServers, singleServer } from './closed-forms/index.ts';
import type { Form } from './solution.ts';
import type { Station, Visitor } from './stations.ts';

export interface OpenStation {
  readonly form: Form;
  readonly exact: boolean;
  /** Of one of its units. */
  readonly figures: QueueFigures;
}

/** A network of such stations is a product of its parts. Source: F. Baskett, K. M. Chandy, R. R. Muntz, F. G. Palacios, 1975. */
export function hasProductForm({ isSharing, visitors }: Station): boolean {
  if (isSharing) return true;
  const [first] = visitors;
  return visitors.every(
    ({ isExponential, mean }) => isExponential && Math.abs(mean - (first?.mean ?? 0)) <= 1e-9 * mean,
  );
}

export interface Surroundings {
  /** Nothing in the way, and every station has a product form. */
  readonly isProduct: boolean;
  /** Nothing in the way, it is the only station where anybody waits, and each run comes at most once. */
  readonly isAlone: boolean;
  /** Of the gaps between arrivals: the squared coefficient of variation. */
  readonly ofArrivals: number;
}

/** Undefined where the law of the work is not known. */
export function openStation(
  station: Station,
  { isProduct, isAlone, ofArrivals }: Surroundings,
): OpenStation | undefined {
  const { visitors, servers, units, isSharing } = station;
  const arrivals = visitors.reduce((sum, { rate }) => sum + rate, 0) / units;
  if (!(arrivals > 0) || !(servers > 0)) return undefined;
  const service = meanOver(visitors, ({ mean }) => mean);
  const system = { arrivals, service, servers };
  const isRandom = ofArrivals === 1;
  if (isSharing) {
    return { form: 'M/G/c sharing', exact: isRandom && (isProduct || isAlone), figures: sharedServers(system) };
  }
  if (hasProductForm(station) && isRandom) {
    const exact = isProduct || isAlone;
    return { form: isAlone ? 'M/M/c' : 'Jackson network', exact, figures: delaySystem(system) };
  }
  const second = meanOver(visitors, (visitor) => visitor.second);
  if (!Number.isFinite(second)) return undefined;
  if (servers === 1 && isRandom) {
    return { form: 'M/G/1', exact: isAlone, figures: singleServer({ arrivals, mean: service, second }) };
  }
  const figures = allenCunneen(system, second / (service * service) - 1, ofArrivals);
  return { form: 'G/G/c', exact: false, figures };
}

function meanOver(visitors: readonly Visitor[], pick: (visitor: Visitor) => number): number {
  const rate = visitors.reduce((sum, visitor) => sum + visitor.rate, 0);
  return visitors.reduce((sum, visitor) => sum + visitor.rate * pick(visitor), 0) / rate;
}
