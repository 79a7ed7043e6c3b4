/**
 * Where nobody knows whether the guard of an event holds, nothing can be said of how many instances come to what lies behind it. But how
 * small a share of them can be served there is known, and what share the model leads there if those guards hold.
 */
import type { ElementId, Model, Scenario } from '../../model/index.ts';
import { SECOND } from '../../numeric/index.ts';
import type { ServerKind } from './demands.ts';
import { type Contribution, type Utilisation, utilisations, utilisationsWhere } from './utilisation-law.ts';

export interface ServedShare {
  /** A kind of node, or a resource. */
  readonly element: ElementId;
  readonly kind: ServerKind;
  readonly capacity: number;
  /** Microseconds since the beginning of the run, as in `Utilisation`. */
  readonly at?: number;
  readonly state: ElementId;
  readonly load: ElementId;
  /** Mean time of a visit, microseconds. */
  readonly each: number;
  /** Visits a second that there is room for. */
  readonly served: number;
  /** Arrivals of the load a second. */
  readonly arrivals: number;
  /** Of those: the largest share that can be served. */
  readonly share: number;
  /** The share that comes to the state at least, if the guards of the events on the way hold. */
  readonly led: number;
}

/** Only where more may come than can be served, and not for sure: that is an overload. `plain` where it is known already. */
export function servedShares(
  model: Model,
  scenario: Scenario,
  plain: readonly Utilisation[] = utilisations(model, scenario),
): ServedShare[] {
  if (!plain.some(({ utilisation }) => utilisation.low < 1 && utilisation.high >= 1)) return [];
  const states = new Set<ElementId>(model.machines.map(({ id }) => id));
  const isOfMachine = ({ element }: Contribution): boolean =>
    [...states].some((machine) => element.startsWith(`${machine}.`));
  const open = (one: Utilisation): boolean =>
    plain.some(
      (other) =>
        other.element === one.element &&
        other.kind === one.kind &&
        other.utilisation.low < 1 &&
        other.utilisation.high >= 1,
    );
  return utilisationsWhere(model, scenario, true).flatMap((found): ServedShare[] => {
    if (!open(found)) return [];
    const [first, ...others] = found.by.filter((one) => isOfMachine(one) && one.rate.high > 0);
    if (first === undefined || !(first.each.high > 0) || !(first.visits.high > 0)) return [];
    const { element, kind, capacity, at } = found;
    // What others ask for in any case is not there for the instances.
    const taken = found.by
      .filter((one) => one !== first && !others.includes(one))
      .reduce((sum, { offered }) => sum + offered.low, 0);
    const arrivals = first.rate.high / first.visits.high;
    const served = (Math.max(0, capacity - found.taken - taken) * SECOND) / first.each.high;
    const share = served / arrivals;
    if (!(share < 1) || !Number.isFinite(first.each.high)) return [];
    return [
      {
        element,
        kind,
        capacity,
        ...(at === undefined ? {} : { at }),
        state: first.element,
        load: first.load,
        each: first.each.high,
        served,
        arrivals,
        share,
        led: first.visits.low,
      },
    ];
  });
}
