/**
 * The utilisation law: how much of its capacity each pool of cores and threads, and each resource, is asked for by the loads of a
 * scenario, before anything is simulated (U = X S / m; Denning and Buzen, 1978). What guards leave open is a pair of bounds.
 */
import type { ElementId, Load, Model, Resource, Scenario } from '../../model/index.ts';
import { DAY, HOUR, SECOND } from '../../numeric/index.ts';
import { countAt } from '../activities/shifts.ts';
import { meanBatch } from '../batch-sizes.ts';
import { wallClock } from '../wall-clock.ts';
import { Analysis } from './analysis.ts';
import { changesOf, rateAt, WEEK } from './arrival-peaks.ts';
import { type Bounds, none, plus, times } from './bounds.ts';
import { isServer, type ServerKind } from './demands.ts';
import type { Outcome } from './interaction-demands.ts';
import { indexOf } from './model-index.ts';
import { Servers } from './servers.ts';

export interface Utilisation {
  /** A kind of node, a component (its threads), or a resource. */
  readonly element: ElementId;
  readonly kind: ServerKind;
  /** Offered and taken over capacity: 1 is all there is, above it queues grow without an end. */
  readonly utilisation: Bounds;
  /** Servers that the loads keep busy on average. */
  readonly offered: Bounds;
  /** Servers that traffic outside the model keeps busy. */
  readonly taken: number;
  /** Servers that there are at that moment. */
  readonly capacity: number;
  /** Microseconds since the beginning of the run: when it is at its highest. Absent where it is the mean of the run. */
  readonly at?: number;
  /** Who asks, the most first. */
  readonly by: readonly Contribution[];
}

export interface Contribution {
  /** An operation, an action of an activity, or a state of a machine. */
  readonly element: ElementId;
  readonly load: ElementId;
  /** By one arrival of the load. */
  readonly visits: Bounds;
  /** Visits a second. */
  readonly rate: Bounds;
  /** Servers that it keeps busy. */
  readonly offered: Bounds;
  /** Mean time of a visit, microseconds. */
  readonly each: Bounds;
}

/** What lasts longer than that is not over when a peak is: it is held against the mean of the run. */
const LASTING = HOUR;

/** Every server that a load of the scenario asks for, the busiest first. Unknown times count as nothing below, as without a bound above. */
export function utilisations(model: Model, scenario: Scenario): Utilisation[] {
  return utilisationsWhere(model, scenario, false);
}

/** With `isAssumed`: as if the guards of events held wherever nobody knows whether they do; its bounds bound nothing then. */
export function utilisationsWhere(model: Model, scenario: Scenario, isAssumed: boolean): Utilisation[] {
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  const servers = new Servers(deployment, indexOf(model).components);
  const analysis = new Analysis(model, servers, isAssumed);
  const loads = loadsOf(scenario).map((timed) => ({ ...timed, ...analysis.arrivalOf(timed.load) }));
  const moments = momentsOf(scenario, loads, model.resources);
  const keys = new Map<string, { readonly server: ElementId; readonly kind: ServerKind }>();
  for (const { demands } of loads) {
    for (const [key, { server, kind, by }] of demands)
      if (by === undefined && isServer(kind)) keys.set(key, { server, kind });
  }
  const presentAt = (id: ElementId, time: number): number | undefined => {
    const resource = model.resources.find((each) => each.id === id);
    return resource && countAt(resource, time, wallClock(scenario, resource.timezone));
  };
  const found = [...keys].flatMap(([key, { server, kind }]): Utilisation[] => {
    const capacityAt = (time: number): number | undefined =>
      kind === 'resource' ? presentAt(server, time) : servers.countOf(kind, server);
    const at = (time: number): Utilisation | undefined => {
      const capacity = capacityAt(time);
      if (capacity === undefined) return undefined;
      return of(
        server,
        kind,
        key,
        capacity,
        servers.takenOf(kind, server),
        loads.map((load) => ({ ...load, rate: rateOf(load, time, scenario) })),
      );
    };
    const each = moments.flatMap((time) => {
      const utilisation = at(time);
      return utilisation === undefined ? [] : [{ time, utilisation }];
    });
    if (each.length === 0) return [];
    const peak = each.reduce((most, one) => (busier(one.utilisation, most.utilisation) ? one : most));
    const isSteady = each.every(({ utilisation }) => utilisation.utilisation.low === peak.utilisation.utilisation.low);
    if (!isSteady && lasts(peak.utilisation))
      return [
        meanOver(
          each.map(({ utilisation }) => utilisation),
          moments,
          scenario,
        ),
      ];
    return [{ ...peak.utilisation, at: peak.time }];
  });
  return found.sort((a, b) => (busier(a, b) ? -1 : busier(b, a) ? 1 : 0));
}

/** Mean time of a visit, microseconds, whoever asks; undefined where none is known. */
export function meanVisit({ by }: Utilisation): number | undefined {
  const middle = ({ low, high }: Bounds): number => (Number.isFinite(high) ? (low + high) / 2 : low);
  const rate = by.reduce((sum, one) => sum + middle(one.rate), 0);
  const mean = by.reduce((sum, one) => sum + middle(one.rate) * middle(one.each), 0) / rate;
  return mean > 0 && Number.isFinite(mean) ? mean : undefined;
}

function busier(a: Utilisation, b: Utilisation): boolean {
  return (
    a.utilisation.low > b.utilisation.low ||
    (a.utilisation.low === b.utilisation.low && a.utilisation.high > b.utilisation.high)
  );
}

function lasts({ by }: Utilisation): boolean {
  const offered = by.reduce((sum, one) => sum + one.offered.high, 0);
  const rate = by.reduce((sum, one) => sum + one.rate.high, 0);
  return rate > 0 && (offered * SECOND) / rate > LASTING;
}

/** Weighted by how long each moment lasts. */
function meanOver(each: readonly Utilisation[], moments: readonly number[], scenario: Scenario): Utilisation {
  const end = Math.min(scenario.duration, WEEK);
  const weights = moments.map((time, index) => Math.max(0, (moments[index + 1] ?? end) - time));
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const mean = (pick: (one: Utilisation) => number): number =>
    each.reduce((sum, one, index) => sum + pick(one) * (weights[index] ?? 0), 0) / whole;
  const [first] = each as [Utilisation, ...Utilisation[]];
  const { taken } = first;
  const offered = { low: mean((one) => one.offered.low), high: mean((one) => one.offered.high) };
  const capacity = mean((one) => one.capacity);
  return {
    element: first.element,
    kind: first.kind,
    offered,
    capacity,
    taken,
    utilisation: { low: (offered.low + taken) / capacity, high: (offered.high + taken) / capacity },
    by: first.by.map((one, index) => ({
      ...one,
      rate: {
        low: mean((each) => each.by[index]?.rate.low ?? 0),
        high: mean((each) => each.by[index]?.rate.high ?? 0),
      },
      offered: {
        low: mean((each) => each.by[index]?.offered.low ?? 0),
        high: mean((each) => each.by[index]?.offered.high ?? 0),
      },
    })),
  };
}

interface TimedLoad {
  readonly load: Load;
  readonly from: number;
  readonly until: number;
}

function loadsOf(scenario: Scenario): TimedLoad[] {
  const always = scenario.loads.map((load) => ({ load, from: 0, until: scenario.duration }));
  const timed = scenario.timeline.flatMap(({ time, change }) =>
    change.kind === 'load'
      ? [{ load: change.load, from: time, until: time + (change.duration ?? scenario.duration) }]
      : [],
  );
  return [...always, ...timed];
}

type Arriving = TimedLoad & Pick<Outcome, 'demands' | 'time'>;

function rateOf({ load, from, until, time: each }: Arriving, time: number, scenario: Scenario): Bounds {
  if (time < from || (time >= until && until < scenario.duration)) return none;
  const { low, high } = rateAt(load.arrivals, time - from, (scenario.beginning ?? 0) + from, each);
  const size = meanBatch(load.batch);
  return { low: low * size.low, high: high * size.high };
}

function of(
  element: ElementId,
  kind: ServerKind,
  key: string,
  capacity: number,
  taken: number,
  loads: readonly (Arriving & { readonly rate: Bounds })[],
): Utilisation {
  let offered = none;
  const by: Contribution[] = [];
  for (const { load, rate, demands } of loads) {
    const perSecond = (time: Bounds): Bounds => times(rate, { low: time.low / SECOND, high: time.high / SECOND });
    offered = plus(offered, perSecond(demands.get(key)?.time ?? none));
    for (const item of demands.values()) {
      if (item.by === undefined || item.server !== element || item.kind !== kind) continue;
      const each = {
        low:
          item.visits.low > 0
            ? item.time.low / item.visits.low
            : item.visits.high > 0
              ? item.time.high / item.visits.high
              : 0,
        high: item.visits.high > 0 ? item.time.high / item.visits.high : 0,
      };
      by.push({
        element: item.by,
        load: load.id,
        visits: item.visits,
        rate: times(rate, item.visits),
        offered: perSecond(item.time),
        each,
      });
    }
  }
  by.sort(
    (a, b) => b.offered.low - a.offered.low || b.offered.high - a.offered.high || (a.element < b.element ? -1 : 1),
  );
  const share = (busy: number): number => (busy === 0 ? 0 : capacity > 0 ? busy / capacity : Number.POSITIVE_INFINITY);
  const utilisation = { low: share(offered.low + taken), high: share(offered.high + taken) };
  return { element, kind, capacity, taken, offered, utilisation, by };
}

/** When rates or numbers change; of what repeats itself daily or weekly, once. */
function momentsOf(scenario: Scenario, loads: readonly Arriving[], resources: readonly Resource[]): number[] {
  const beginning = scenario.beginning ?? 0;
  const end = Math.min(scenario.duration, WEEK);
  const moments = new Set<number>([0]);
  for (const { load, from, until } of loads) {
    for (const change of changesOf(load.arrivals, beginning + from, scenario.duration)) moments.add(from + change);
    if (until < scenario.duration) moments.add(until);
  }
  for (const { shifts, timezone } of resources) {
    for (const { from, shown } of wallClock(scenario, timezone).stretches) {
      moments.add(from);
      for (const border of shifts.flatMap((shift) => [shift.from, shift.to])) {
        const first = from + ((((border - shown - from) % DAY) + DAY) % DAY);
        for (let day = 0; day * DAY < end; day++) moments.add(first + day * DAY);
      }
    }
  }
  return [...moments].filter((time) => time <= scenario.duration).sort((a, b) => a - b);
}
