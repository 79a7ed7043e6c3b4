/** How much of each server one arrival asks for, and what asks for it. A server is a pool of cores or threads, or a resource. */
import type { ElementId } from '../../model/index.ts';
import { type Bounds, meanOfAlternatives, none, plus, times } from './bounds.ts';

export type ServerKind = 'cores' | 'threads' | 'resource';

/**
 * Not of servers, visits being the chance that it happens: `call`: the one who began waits for that call; `arrival`: that message
 * comes to that lifeline, a machine.
 */
type DemandKind = ServerKind | 'call' | 'arrival';

/** Key of a server, or of a server and who asks. */
export type Demands = ReadonlyMap<string, Demand>;

interface Demand {
  readonly server: ElementId;
  readonly kind: DemandKind;
  /** The operation or action that asks; undefined for all together. */
  readonly by?: ElementId;
  readonly visits: Bounds;
  /** Server time for one arrival, microseconds. */
  readonly time: Bounds;
}

export const noDemands: Demands = new Map();

/** What one visit asks of a server: counted for the server, and for who asks. */
export function demand(server: ElementId, kind: DemandKind, by: ElementId, visits: Bounds, each: Bounds): Demands {
  const time = times(visits, each);
  return new Map<string, Demand>([
    [`${kind} ${server}`, { server, kind, visits, time }],
    [`${kind} ${server} ${by}`, { server, kind, by, visits, time }],
  ]);
}

export function sumOf(parts: readonly Demands[]): Demands {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const sum = new Map<string, Demand>();
  for (const part of parts) {
    for (const [key, item] of part) {
      const before = sum.get(key);
      sum.set(
        key,
        before === undefined
          ? item
          : { ...item, visits: plus(before.visits, item.visits), time: plus(before.time, item.time) },
      );
    }
  }
  return sum;
}

export function scaled(demands: Demands, factor: Bounds): Demands {
  const result = new Map<string, Demand>();
  for (const [key, item] of demands) {
    const isChance = item.kind === 'call' || item.kind === 'arrival';
    const often = isChance ? { low: Math.min(1, factor.low), high: Math.min(1, factor.high) } : factor;
    result.set(key, { ...item, visits: times(item.visits, often), time: times(item.time, factor) });
  }
  return result;
}

/** Without the calls: nobody waits for what happens there. */
export function withoutCalls(demands: Demands): Demands {
  return new Map([...demands].filter(([, { kind }]) => kind !== 'call'));
}

/** Exactly one of the alternatives is taken. */
export function mixOf(alternatives: readonly { readonly share: Bounds; readonly demands: Demands }[]): Demands {
  const keys = new Map<string, Demand>();
  for (const { demands } of alternatives) for (const [key, item] of demands) keys.set(key, item);
  const result = new Map<string, Demand>();
  for (const [key, item] of keys) {
    const of = (what: 'visits' | 'time'): Bounds =>
      meanOfAlternatives(alternatives.map(({ share, demands }) => ({ share, cost: demands.get(key)?.[what] ?? none })));
    result.set(key, { ...item, visits: of('visits'), time: of('time') });
  }
  return result;
}

/** Only what servers are asked for. */
export function isServer(kind: DemandKind): kind is ServerKind {
  return kind !== 'call' && kind !== 'arrival';
}

export function withoutArrivals(demands: Demands): Demands {
  return new Map([...demands].filter(([, { kind }]) => kind !== 'arrival'));
}
