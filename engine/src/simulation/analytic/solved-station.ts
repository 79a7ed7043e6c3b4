/** What a solution says of one station: from an open form, from users who go round, or only what load and capacity tell. */
import type { ClosedLoad, ClosedSolution } from './closed-loads.ts';
import { finite, same } from './in-solution.ts';
import type { OpenStation } from './open-stations.ts';
import type { SolvedStation } from './solution.ts';
import type { Station } from './stations.ts';
import type { Utilisation } from './utilisation-law.ts';

export function ofFigures(
  one: Utilisation,
  figures: OpenStation['figures'],
  units: number,
  form: SolvedStation['form'],
  exact: boolean,
): SolvedStation {
  return {
    ...unsolved(one),
    utilisation:
      form === 'M/M/c/K' || form === 'M/G/c/c' || form === 'M/M/c+M' ? same(figures.utilisation) : one.utilisation,
    form,
    exact,
    throughput: finite(figures.throughput * units),
    wait: finite(figures.wait),
    response: finite(figures.response),
    queue: finite(figures.queue * units),
    number: finite(figures.number * units),
    refused: figures.blocked,
    abandoned: figures.abandoned,
  };
}

export function ofUsers(
  one: Utilisation,
  station: Station,
  at: number,
  closed: readonly ClosedLoad[],
  users: ClosedSolution,
  isProduct: boolean,
): SolvedStation {
  let visits = 0;
  let busy = 0;
  let number = 0;
  for (const [index, { load }] of closed.entries()) {
    const throughput = users.throughputs[index] ?? 0;
    number += throughput * (users.times[index]?.[at] ?? 0);
    for (const visitor of station.visitors) {
      if (visitor.load !== load.id) continue;
      visits += throughput * visitor.visits;
      busy += throughput * visitor.visits * visitor.mean;
    }
  }
  const response = visits > 0 ? number / visits : 0;
  const queue = Math.max(0, number - busy);
  return {
    ...unsolved(one),
    utilisation: same((busy + one.taken) / one.capacity),
    form: users.form,
    exact: users.isExact && isProduct,
    throughput: visits,
    wait: visits > 0 ? queue / visits : 0,
    response,
    queue,
    number,
  };
}

/** Where calls are turned away on their way, all that is asked for, in so many attempts, is only the most that may come; what a form tells, it tells of those that come. */
export function atMost(station: SolvedStation, one: Utilisation | undefined, attempts: number): SolvedStation {
  if (station.exact || station.form === 'M/M/c+M' || one === undefined) return station;
  const { taken, capacity, utilisation } = one;
  return { ...station, utilisation: { low: capacity > 0 ? taken / capacity : 0, high: utilisation.high * attempts } };
}

/** A thread is held while its call waits for others, which nobody tells here: only how long it works is sure. */
export function heldLonger(station: SolvedStation, mayWait: boolean): SolvedStation {
  const { kind, form, utilisation } = station;
  if (kind !== 'threads' || form !== null || !mayWait) return station;
  return { ...station, utilisation: { low: utilisation.low, high: Math.max(1, utilisation.high) } };
}

export function unsolved(one: Utilisation): SolvedStation {
  const visits = one.by.reduce((sum, { rate }) => sum + rate.low, 0);
  const each = visits > 0 ? one.offered.low / visits : 0;
  return {
    element: one.element,
    kind: one.kind,
    servers: one.capacity,
    utilisation: one.utilisation,
    form: null,
    exact: false,
    throughput: null,
    wait: null,
    response: null,
    queue: null,
    number: null,
    refused: 0,
    abandoned: 0,
    saturation: each > 0 ? Math.max(0, one.capacity - one.taken) / each : null,
  };
}
