/**
 * Finds where the order of events decides that nothing orders: timers that are due at the same time, what the machine has sent to itself
 * against them, changes. Two of them are told where the machine comes to rest otherwise, as the one or the other is first.
 * What the world outside sends is not among them, for a machine is meant to react to its order. Knows edges, not what they do.
 */
import type { Exploration, Step } from './exploration.ts';

/** Two steps of one state; each with the way on to where the machine comes to rest, the steps themselves included. */
interface OrderDependence {
  readonly from: number;
  readonly ways: readonly [readonly Step[], readonly Step[]];
  /** At which states they end. */
  readonly rests: readonly [number, number];
}

/** Ways from one state that are followed; a machine with more goes untold. */
const FOLLOWED = 2000;

export function orderDependences(exploration: Exploration): OrderDependence[] {
  const onward = Map.groupBy(exploration.internal, ({ from }) => from);
  const known = new Map<number, ReadonlyMap<string, number> | null>();
  /** What the machine can look like at rest, each with its state; null where that is not known. */
  const restsOf = (state: number): ReadonlyMap<string, number> | null => {
    const before = known.get(state);
    if (before !== undefined) return before;
    const seen = new Set([state]);
    const rests = new Map<string, number>();
    let isKnown = true;
    for (const at of seen) {
      if (at >= exploration.visited || seen.size > FOLLOWED) isKnown = false;
      if (!isKnown) break;
      const next = onward.get(at) ?? [];
      if (next.length === 0) {
        const look = exploration.look(at);
        if (!rests.has(look)) rests.set(look, at);
      }
      for (const { to } of next) seen.add(to);
    }
    known.set(state, isKnown ? rests : null);
    return isKnown ? rests : null;
  };
  const wayTo = (first: Step & { readonly to: number }, rest: number): Step[] => {
    const before = new Map<number, Step & { readonly to: number }>([[first.to, first]]);
    for (const at of before.keys()) {
      if (at === rest) break;
      for (const edge of onward.get(at) ?? []) if (!before.has(edge.to)) before.set(edge.to, edge);
    }
    const steps: Step[] = [];
    for (let at = rest; ; ) {
      const edge = before.get(at) ?? first;
      steps.unshift(edge);
      if (edge === first) return steps;
      at = edge.from;
    }
  };
  const found: OrderDependence[] = [];
  for (const [from, edges] of Map.groupBy(exploration.unordered, (edge) => edge.from)) {
    const moves = [...Map.groupBy(edges, (edge) => edge.move).values()].map((outcomes) => {
      const all = new Map<string, { readonly first: (typeof outcomes)[number]; readonly rest: number }>();
      let isKnown = true;
      for (const first of outcomes) {
        const rests = restsOf(first.to);
        if (rests === null) isKnown = false;
        for (const [look, rest] of rests ?? []) if (!all.has(look)) all.set(look, { first, rest });
      }
      return isKnown && all.size > 0 ? all : null;
    });
    const [one, ...others] = moves;
    if (one === null || one === undefined) continue;
    for (const other of others) {
      if (other === null) continue;
      const onlyOne = [...one].find(([look]) => !other.has(look));
      const onlyOther = [...other].find(([look]) => !one.has(look));
      if (onlyOne === undefined && onlyOther === undefined) continue;
      const a = (onlyOne ?? [...one][0])?.[1];
      const b = (onlyOther ?? [...other][0])?.[1];
      if (a === undefined || b === undefined) continue;
      found.push({ from, ways: [wayTo(a.first, a.rest), wayTo(b.first, b.rest)], rests: [a.rest, b.rest] });
      break;
    }
  }
  return found;
}
