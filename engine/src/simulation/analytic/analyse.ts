/**
 * What formulas say of a scenario, in milliseconds: which of them apply, whether exactly, and why not. What no formula tells
 * is left out, never guessed: bounds stay bounds.
 */
import type { Deployment, Load, Model, Scenario } from '../../model/index.ts';
import { durationMoment, SECOND } from '../../numeric/index.ts';
import { Analysis } from './analysis.ts';
import type { Bounds } from './bounds.ts';
import { type ClosedLoad, solveClosed } from './closed-loads.ts';
import { exactlyTime, same } from './in-solution.ts';
import { limitedStationOf } from './limited-stations.ts';
import { indexOf } from './model-index.ts';
import { type Obstacles, obstaclesIn } from './obstacles.ts';
import { hasProductForm, type OpenStation, openStation } from './open-stations.ts';
import { Servers } from './servers.ts';
import { type Reason, SOLUTION_SCHEMA, type Solution, type SolvedBehaviour, type SolvedStation } from './solution.ts';
import { ofUser, openBehaviour, unknownBehaviour } from './solved-behaviour.ts';
import { atMost, heldLonger, ofFigures, ofUsers, unsolved } from './solved-station.ts';
import { spreadOf } from './spread-of.ts';
import { type Station, stationOf } from './stations.ts';
import { type Utilisation, utilisations } from './utilisation-law.ts';

export function analyse(model: Model, scenario: Scenario): Solution {
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  const obstacles = obstaclesIn(model, scenario, deployment);
  const solution = analysed(model, scenario, deployment, obstacles);
  const isOverloaded = solution.stations.some(({ utilisation }) => utilisation.high >= 1);
  const late = obstacles.deadlines.filter(({ within }) => isOverloaded || longest(solution) * LONG > within);
  if (late.length === 0) return solution;
  const forms = [...obstacles.forms, ...late.map(({ reason }) => reason)];
  const attempts = late.reduce((product, one) => product * one.attempts, 1);
  return analysed(model, scenario, deployment, { ...obstacles, forms, losesWork: true }, attempts);
}

/** So many times the mean hardly anybody waits. */
const LONG = 4;

/** The longest mean time that is worked out, seconds. */
function longest({ stations, behaviours }: Solution): number {
  const responses = behaviours.map(({ form, response }) => (form === null ? 0 : response.low));
  return Math.max(0, ...responses, ...stations.map(({ wait }) => wait ?? 0));
}

function analysed(
  model: Model,
  scenario: Scenario,
  deployment: Deployment | undefined,
  obstacles: Obstacles,
  attempts = 1,
): Solution {
  const found = utilisations(model, scenario);
  const analysis = new Analysis(model, new Servers(deployment, indexOf(model).components));
  const times = scenario.loads.map((load) => toSeconds(analysis.arrivalOf(load).time));
  const reasons: Reason[] = [];
  const queues = found.flatMap((one): { one: Utilisation; station: Station }[] => {
    if (one.kind === 'threads') return [];
    const station = stationOf(one, model, scenario, deployment);
    if (station === undefined)
      reasons.push({ element: one.element, message: 'How often it is asked for is not known exactly.' });
    return station === undefined ? [] : [{ one, station }];
  });
  const stations = queues.map(({ station }) => station);
  const isKnown = stations.length === found.filter(({ kind }) => kind !== 'threads').length;
  const [only] = scenario.loads;
  const limited =
    scenario.loads.length === 1 && scenario.timeline.length === 0 && only !== undefined
      ? limitedStationOf(model, only, deployment)
      : undefined;
  const closed = closedLoads(scenario, times);
  const unsteady = scenario.loads.filter((load) => !isSteady(load));
  for (const { id } of unsteady)
    reasons.push({ element: id, message: 'This load changes, comes in batches, or nobody knows it before the run.' });
  const hasBoth = closed.length > 0 && closed.length < scenario.loads.length;
  if (hasBoth)
    reasons.push({ element: scenario.id, message: 'Some loads are open and others closed: no form here is for both.' });
  if (limited === undefined) reasons.push(...obstacles.network, ...obstacles.response);
  const overload = found.filter(({ utilisation }) => utilisation.high >= 1);
  if (closed.length === 0 && limited === undefined)
    for (const { element } of overload)
      reasons.push({ element, message: 'It is asked for more than there is: queues grow without an end.' });
  const isStable = closed.length > 0 || overload.length === 0;
  const isApplicable =
    isStable &&
    isKnown &&
    obstacles.forms.length === 0 &&
    unsteady.length === 0 &&
    !hasBoth &&
    scenario.loads.length > 0;
  const isProduct = isApplicable && obstacles.network.length === 0 && stations.every(hasProductForm);
  if (isApplicable && !stations.every(hasProductForm) && stations.length > 1)
    reasons.push({
      element: scenario.id,
      message: 'Not all work is exponential with one mean at its station, or shares it.',
    });

  const ranked = closed.length > 0 ? stations.filter(({ scheduling }) => scheduling.endsWith('priority')) : [];
  for (const { found: one } of ranked)
    reasons.push({ element: one.element, message: 'No formula here is for priorities among users who go round.' });
  const users = isApplicable && closed.length > 0 && ranked.length === 0 ? solveClosed(closed, stations) : undefined;
  const open = new Map<Utilisation, OpenStation>();
  if (isApplicable && closed.length === 0) {
    const ofArrivals = scenario.loads.length === 1 && only !== undefined ? variationOf(only) : 1;
    const isAlone = stations.length === 1 && obstacles.network.length === 0 && comesOnce(stations);
    for (const { one, station } of queues) {
      const solved = openStation(station, {
        spread: spreadOf(one.element, deployment),
        isProduct,
        isAlone,
        ofArrivals,
      });
      if (typeof solved === 'object') open.set(one, solved);
      else reasons.push({ element: one.element, message: solved ?? 'The law of the work is not known.' });
    }
    if (scenario.loads.some((load) => variationOf(load) !== 1))
      reasons.push({ element: scenario.id, message: 'The load does not arrive at random (`at 50/s`).' });
  }
  const solved = found.map((one): SolvedStation => {
    const at = queues.findIndex((queue) => queue.one === one);
    const station = queues[at]?.station;
    const own = open.get(one);
    if (limited?.element === one.element) return ofFigures(one, limited.figures, 1, limited.form, true);
    if (limited !== undefined) return unsolved(one);
    if (own !== undefined) return ofFigures(one, own.figures, station?.units ?? 1, own.form, own.exact);
    if (users !== undefined && station !== undefined) return ofUsers(one, station, at, closed, users, isProduct);
    return unsolved(one);
  });
  if (limited !== undefined && !found.some(({ element }) => element === limited.element)) {
    reasons.push({ element: limited.element, message: 'Nothing limits it.' });
  }
  const busiest = found[0];
  const headroom =
    busiest !== undefined && closed.length === 0 && busiest.offered.low > 0
      ? Math.max(0, busiest.capacity - busiest.taken) / busiest.offered.low
      : null;
  return {
    schema: SOLUTION_SCHEMA,
    model: model.uri,
    scenario: scenario.id,
    stations: solved.map((station, at) =>
      heldLonger(obstacles.losesWork ? atMost(station, found[at], attempts) : station, queues.length > 0),
    ),
    behaviours: scenario.loads.map((load, at): SolvedBehaviour => {
      const time = times[at] ?? { low: 0, high: Number.POSITIVE_INFINITY };
      const index = closed.findIndex((one) => one.load.id === load.id);
      if (users !== undefined && index >= 0)
        return ofUser(load, index, users, isProduct && obstacles.response.length === 0);
      const rate = load.arrivals.kind === 'poisson' || load.arrivals.kind === 'renewal' ? rateOf(load) : undefined;
      const unknown = unknownBehaviour(load, time, rate, headroom);
      if (limited !== undefined && rate !== undefined) {
        const { figures, form } = limited;
        const response = limited.form === 'M/M/c+M' ? unknown.response : exactlyTime(figures.response);
        return { ...unknown, form, exact: limited.form !== 'M/M/c+M', throughput: same(figures.throughput), response };
      }
      return openBehaviour(unknown, load, time, queues, open, obstacles, isProduct);
    }),
    bottleneck: busiest?.element ?? null,
    headroom,
    reasons: distinct(reasons),
  };
}

function closedLoads({ loads }: Scenario, times: readonly Bounds[]): ClosedLoad[] {
  return loads.flatMap((load, at): ClosedLoad[] =>
    load.arrivals.kind === 'closed' ? [{ load: { ...load, arrivals: load.arrivals }, time: times[at]?.low ?? 0 }] : [],
  );
}

function isSteady({ arrivals, batch }: Load): boolean {
  if (batch !== undefined) return false;
  return arrivals.kind === 'poisson' || arrivals.kind === 'renewal' || arrivals.kind === 'closed';
}

/** Squared, of the gaps between arrivals. */
function variationOf({ arrivals }: Load): number {
  if (arrivals.kind !== 'renewal' || arrivals.gap.kind === 'exponential') return 1;
  const mean = durationMoment(arrivals.gap, 1);
  return durationMoment(arrivals.gap, 2) / (mean * mean) - 1;
}

function rateOf({ arrivals, batch }: Load): number | undefined {
  if (batch !== undefined) return undefined;
  if (arrivals.kind === 'poisson') return arrivals.rate;
  return arrivals.kind === 'renewal' ? SECOND / durationMoment(arrivals.gap, 1) : undefined;
}

/** Each run at most once: then the arrivals there are as random as those of the load. */
function comesOnce(stations: readonly Station[]): boolean {
  return stations.every(({ isOnce, visitors }) => {
    const loads = visitors.map(({ load }) => load);
    return isOnce && new Set(loads).size === loads.length && visitors.every(({ visits }) => visits <= 1);
  });
}

function toSeconds({ low, high }: Bounds): Bounds {
  return { low: low / SECOND, high: high / SECOND };
}

function distinct(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter(({ element, message }) => {
    const key = `${element}\n${message}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
