/** What a solution says of one load's behaviour: of users who go round, of open arrivals, or only what load and bottleneck tell. */
import type { Load } from '../../model/index.ts';
import type { Bounds } from './bounds.ts';
import { forkJoin } from './closed-forms/index.ts';
import type { ClosedSolution } from './closed-loads.ts';
import { exactlyTime, finite, same } from './in-solution.ts';
import type { Obstacles } from './obstacles.ts';
import type { OpenStation } from './open-stations.ts';
import type { Percentiles, SolvedBehaviour } from './solution.ts';
import type { Station } from './stations.ts';
import type { Utilisation } from './utilisation-law.ts';

export function ofUser(load: Load, at: number, users: ClosedSolution, isExact: boolean): SolvedBehaviour {
  return {
    element: load.behaviour,
    load: load.id,
    form: users.form,
    exact: users.isExact && isExact,
    throughput: same(users.throughputs[at] ?? 0),
    response: exactlyTime(users.responses[at] ?? 0),
    saturation: finite(users.bounds[at]?.saturation ?? Number.POSITIVE_INFINITY),
  };
}

export function unknownBehaviour(
  load: Load,
  time: Bounds,
  rate: number | undefined,
  headroom: number | null,
): SolvedBehaviour {
  const most = headroom !== null && headroom < 1 ? headroom : 1;
  return {
    element: load.behaviour,
    load: load.id,
    form: null,
    exact: false,
    throughput: rate === undefined ? { low: 0, high: Number.POSITIVE_INFINITY } : same(rate * most),
    response: { low: time.low, high: null },
    saturation: rate === undefined || headroom === null ? null : rate * headroom,
  };
}

export function openBehaviour(
  unknown: SolvedBehaviour,
  load: Load,
  time: Bounds,
  queues: readonly Visited[],
  open: ReadonlyMap<Utilisation, OpenStation>,
  obstacles: Obstacles,
  isProduct: boolean,
): SolvedBehaviour {
  const own = queues.filter(({ station }) => station.visitors.some((visitor) => visitor.load === load.id));
  if (own.some(({ one }) => open.get(one) === undefined) || own.length === 0) return unknown;
  const forked = forkedResponse(own, open, load);
  if (obstacles.network.length === 0 && forked !== undefined && isOnlyPar(obstacles))
    return { ...unknown, form: 'fork-join', exact: isProduct, response: exactlyTime(forked) };
  // Beside each other: their times do not add up.
  if (time.high !== time.low) return unknown;
  if (obstacles.response.length + obstacles.network.length > 0 && time.low < sumOfWork(own, load) * (1 - 1e-9))
    return unknown;
  let response = time.low;
  let exact = true;
  for (const { one, station } of own) {
    const solved = open.get(one);
    if (solved === undefined) continue;
    exact &&= solved.exact;
    for (const visitor of station.visitors)
      if (visitor.load === load.id) response += visitor.visits * solved.waitOf(visitor);
  }
  const [first] = own;
  const form =
    own.length === 1 && first !== undefined
      ? (open.get(first.one)?.form ?? null)
      : isProduct
        ? 'Jackson network'
        : 'G/G/c';
  const solved = { ...unknown, form, exact: exact && obstacles.response.length === 0, response: exactlyTime(response) };
  const percentiles = solved.exact ? percentilesOf(own, open, time) : undefined;
  return percentiles === undefined ? solved : { ...solved, percentiles };
}

/** A station that the runs come to, with what is asked of it. */
interface Visited {
  readonly one: Utilisation;
  readonly station: Station;
}

/** Of runs that are one visit of one station, and nothing else. */
function percentilesOf(
  own: readonly Visited[],
  open: ReadonlyMap<Utilisation, OpenStation>,
  time: Bounds,
): Percentiles | undefined {
  const [only] = own;
  const [visitor] = only?.station.visitors ?? [];
  const within = only === undefined ? undefined : open.get(only.one)?.responseWithin;
  if (own.length !== 1 || within === undefined || visitor?.visits !== 1) return undefined;
  if (Math.abs(time.low - visitor.mean) > 1e-9 * visitor.mean) return undefined;
  return { p50: within(0.5), p95: within(0.95), p99: within(0.99) };
}

/** Two or more parts, each one visit to a queue of its own that is like the others. */
function forkedResponse(
  own: readonly Visited[],
  open: ReadonlyMap<Utilisation, OpenStation>,
  load: Load,
): number | undefined {
  const [first] = own;
  const [visitor] = first?.station.visitors ?? [];
  if (first === undefined || visitor === undefined || own.length !== 2) return undefined;
  const isAlike = own.every(
    ({ one, station: { servers, units, scheduling, visitors } }) =>
      servers === 1 &&
      units === 1 &&
      scheduling === 'fifo' &&
      visitors.length === 1 &&
      visitors[0]?.visits === 1 &&
      visitors[0].load === load.id &&
      Math.abs(visitors[0].mean - visitor.mean) <= 1e-9 * visitor.mean &&
      open.get(one)?.form === 'Jackson network',
  );
  return isAlike ? forkJoin({ arrivals: visitor.rate, service: visitor.mean, parts: own.length }) : undefined;
}

/** Is a first and only `par` what keeps the times from adding up? */
function isOnlyPar({ response }: Obstacles): boolean {
  return response.length === 1 && response[0]?.message.includes('beside each other') === true;
}

function sumOfWork(own: readonly { readonly station: Station }[], load: Load): number {
  return own.reduce(
    (sum, { station }) =>
      sum + station.visitors.reduce((all, { load: id, visits, mean }) => all + (id === load.id ? visits * mean : 0), 0),
    0,
  );
}
