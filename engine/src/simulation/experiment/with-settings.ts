/**
 * A model with other values of its parameters: the one home of what setting one means. The model given stays as it is. Values are taken
 * as they come: whoever asks sees to their range.
 */
import type {
  Arrivals,
  CallPolicy,
  Capacity,
  Component,
  Deployment,
  Distribution,
  ElementId,
  Expression,
  Load,
  Model,
  OperationCost,
  Place,
  PolicyParameterName,
  Requirement,
  Scenario,
  Value,
} from '../../model/index.ts';
import { isPolicyParameter } from '../../model/index.ts';
import { isDistribution } from '../../numeric/index.ts';
import { currentValue, loadOf } from './current-value.ts';
import { scaledLaw, scaledTime } from './scaled-law.ts';
import type { SettableName, Setting } from './setting.ts';
import { withReplicas } from './with-replicas.ts';

/** Settings that name nothing in the model, or that it has nothing to multiply for, change nothing. */
export function withSettings(model: Model, scenario: ElementId, settings: readonly Setting[]): Model {
  return settings.reduce((changed, setting) => withSetting(changed, scenario, setting), model);
}

function withSetting(model: Model, scenarioId: ElementId, setting: Setting): Model {
  const scenario = model.scenarios.find(({ id }) => id === scenarioId);
  if (scenario === undefined) return model;
  const { element, name } = setting;
  if (isPolicyParameter(name))
    return inComponents(model, (component) => withRequirement(component, element, name, setting));
  switch (name) {
    case 'replicas': {
      const total = wholeOf(model, scenario, setting);
      return total === null ? model : inDeployment(model, scenario, (one) => withReplicas(one, element, total));
    }
    case 'threads':
    case 'queue':
    case 'queue.within':
    case 'connections':
    case 'cache':
    case 'cache.entries':
    case 'cache.ttl':
      return withCapacity(model, scenario, setting);
    case 'cores':
    case 'count': {
      const total = wholeOf(model, scenario, setting);
      if (total === null) return model;
      const placed = inDeployment(model, scenario, (one) => ({
        ...one,
        nodes: one.nodes.map((node) => (node.id === element ? { ...node, [name]: total } : node)),
      }));
      if (name === 'cores') return placed;
      return {
        ...placed,
        resources: model.resources.map((one) =>
          one.id === element ? { ...one, count: total, shifts: shiftsFor(one, total) } : one,
        ),
      };
    }
    case 'takes':
    case 'delays':
    case 'fails':
      return inComponents(model, (component) => withCost(component, setting));
    case 'limit':
    case 'limit.burst': {
      const value = numberOf(model, scenario, setting);
      if (value === null) return model;
      const changed = name === 'limit' ? { rate: value } : { burst: Math.max(1, Math.round(value)) };
      return inDeployment(model, scenario, (one) => ({
        ...one,
        limits: one.limits.map((limit) => (limit.id === element ? { ...limit, ...changed } : limit)),
      }));
    }
    case 'rate':
    case 'users':
      return inScenario(model, { ...scenario, loads: withArrivals(scenario, setting) });
    case 'warmup': {
      const time = numberOf(model, scenario, setting);
      if (time === null) return model;
      const { detectsWarmup: _, ...rest } = scenario;
      return inScenario(model, { ...rest, warmup: time });
    }
  }
}

/** What the setting comes to as a number; null where it is none. */
function numberOf(model: Model, scenario: Scenario, setting: Setting): number | null {
  if (setting.factor === undefined) return typeof setting.value === 'number' ? setting.value : null;
  const now = currentValue(model, scenario, setting);
  return typeof now === 'number' ? now * setting.factor : null;
}

function wholeOf(model: Model, scenario: Scenario, setting: Setting): number | null {
  const value = numberOf(model, scenario, setting);
  return value === null ? null : Math.max(0, Math.round(value));
}

function inScenario(model: Model, changed: Scenario): Model {
  return { ...model, scenarios: model.scenarios.map((one) => (one.id === changed.id ? changed : one)) };
}

function inDeployment(model: Model, { deployment }: Scenario, change: (one: Deployment) => Deployment): Model {
  return { ...model, deployments: model.deployments.map((one) => (one.id === deployment ? change(one) : one)) };
}

function inComponents(model: Model, change: (one: Component) => Component): Model {
  return { ...model, components: model.components.map(change) };
}

/** A limit counts for the component, for its versions that have one of their own, and where the deployment has one. */
function withCapacity(model: Model, scenario: Scenario, setting: Setting): Model {
  const { element, name } = setting;
  const value = numberOf(model, scenario, setting);
  if (value === null) return model;
  const limited = <T extends Capacity>(one: T): T => ({ ...one, ...capacityWith(one, name, value) });
  const [word = ''] = name.split('.');
  const whereItHas = <T extends Capacity>(one: T): T => (Object.hasOwn(one, word) ? limited(one) : one);
  const changed = inComponents(model, (one) =>
    one.id === element ? { ...limited(one), versions: one.versions.map(whereItHas) } : one,
  );
  return inDeployment(changed, scenario, (one) => ({
    ...one,
    nodes: one.nodes.map((node) => ({
      ...node,
      deploys: node.deploys.map((deploy) => (deploy.component === element ? whereItHas(deploy) : deploy)),
    })),
    spreads: one.spreads.map((spread) => (spread.component === element ? whereItHas(spread) : spread)),
  }));
}

/** Nothing where there is none of the kind that it is a number of. */
function capacityWith({ queue, cache }: Capacity, name: SettableName, value: number): Capacity {
  switch (name) {
    case 'threads':
      return { threads: Math.round(value) };
    case 'connections':
      return { connections: Math.round(value) };
    case 'queue':
      return { queue: { ...queue, discipline: queue?.discipline ?? { kind: 'fifo' }, capacity: Math.round(value) } };
    case 'queue.within':
      return queue?.discipline.kind === 'drop-expired'
        ? { queue: { ...queue, discipline: { ...queue.discipline, within: value } } }
        : {};
    case 'cache':
      return { cache: { ...cache, hit: value } };
    case 'cache.entries':
      return cache?.entries === undefined ? {} : { cache: { ...cache, entries: Math.max(1, Math.round(value)) } };
    case 'cache.ttl':
      return cache?.ttl === undefined ? {} : { cache: { ...cache, ttl: value } };
    default:
      return {};
  }
}

/** Of the component itself and of its versions that say otherwise; only numbers that are there. */
function withRequirement(
  component: Component,
  element: ElementId,
  name: PolicyParameterName,
  setting: Setting,
): Component {
  const required = component.requires.find(({ id }) => id === element);
  if (required === undefined) return component;
  const changed = (one: Requirement): Requirement =>
    one.component === required.component ? { ...one, policy: policyWith(one, name, setting) } : one;
  return {
    ...component,
    requires: component.requires.map(changed),
    versions: component.versions.map((version) => ({ ...version, requires: version.requires.map(changed) })),
  };
}

function policyWith({ policy, place }: Requirement, name: PolicyParameterName, setting: Setting): CallPolicy {
  const { timeout, retries, backoff, budget, breaker, bulkhead, hedge } = policy;
  const numberFor = (now: number): number =>
    setting.factor !== undefined ? now * setting.factor : typeof setting.value === 'number' ? setting.value : now;
  const wholeFor = (now: number, least: number): number => Math.max(least, Math.round(numberFor(now)));
  const shareFor = (now: number): number => Math.min(1, numberFor(now));
  const timeFrom = (now: Expression): Expression => timeFor(setting, now, place) ?? now;
  switch (name) {
    case 'timeout':
      return timeout === undefined ? policy : { ...policy, timeout: timeFrom(timeout) };
    case 'hedge':
      return hedge === undefined ? policy : { ...policy, hedge: timeFrom(hedge) };
    case 'backoff':
      return backoff === undefined ? policy : { ...policy, backoff: { ...backoff, first: timeFrom(backoff.first) } };
    case 'retry':
      return retries === undefined ? policy : { ...policy, retries: wholeFor(retries, 0) };
    case 'budget':
      return budget === undefined ? policy : { ...policy, budget: shareFor(budget) };
    case 'breaker':
      return breaker === undefined
        ? policy
        : { ...policy, breaker: { ...breaker, failures: shareFor(breaker.failures) } };
    case 'breaker.calls':
      return breaker === undefined ? policy : { ...policy, breaker: { ...breaker, calls: wholeFor(breaker.calls, 1) } };
    case 'breaker.open':
      return breaker === undefined ? policy : { ...policy, breaker: { ...breaker, open: numberFor(breaker.open) } };
    case 'bulkhead':
      return bulkhead === undefined
        ? policy
        : { ...policy, bulkhead: { ...bulkhead, calls: wholeFor(bulkhead.calls, 1) } };
    case 'bulkhead.queue':
      return bulkhead === undefined
        ? policy
        : { ...policy, bulkhead: { ...bulkhead, queue: wholeFor(bulkhead.queue, 0) } };
  }
}

/** The shares of a calendar stay: twice as many by day are twice as many by night. */
function shiftsFor({ count, shifts }: Model['resources'][number], total: number): Model['resources'][number]['shifts'] {
  if (count === 0 || total === count) return shifts;
  return shifts.map((shift) => ({ ...shift, count: Math.round((shift.count * total) / count) }));
}

/** As the component itself says, and in every version that says otherwise. */
function withCost(component: Component, setting: Setting): Component {
  const { element } = setting;
  if (!component.operations.some(({ id }) => id === element)) return component;
  return {
    ...component,
    operations: component.operations.map((one) =>
      one.id === element ? { ...one, ...costOf(setting, one, one.place) } : one,
    ),
    versions: component.versions.map((version) => ({
      ...version,
      operations: version.operations.map((one) =>
        one.operation === element
          ? { ...one, cost: { ...one.cost, ...costOf(setting, one.cost, version.place, true) } }
          : one,
      ),
    })),
  };
}

function costOf(setting: Setting, cost: OperationCost, place: Place, onlyWhereItHas = false): OperationCost {
  const { name } = setting;
  if (name === 'takes' || name === 'delays') {
    if (onlyWhereItHas && cost[name] === undefined) return {};
    const time = timeFor(setting, cost[name], place);
    return time === undefined ? {} : { [name]: time };
  }
  if (onlyWhereItHas && cost.fails === undefined) return {};
  const probability =
    setting.factor === undefined
      ? setting.value
      : cost.fails === undefined
        ? undefined
        : cost.fails.probability * setting.factor;
  return typeof probability === 'number' ? { fails: { ...cost.fails, probability: Math.min(1, probability) } } : {};
}

function timeFor(setting: Setting, now: Expression | undefined, place: Place): Expression | undefined {
  if (setting.factor !== undefined) return now === undefined ? undefined : scaledTime(now, setting.factor);
  return timeExpression(setting.value, place);
}

/** A time or a law of times as the model has it. */
function timeExpression(value: Value | Distribution, place: Place): Expression | undefined {
  const type = { kind: 'primitive', name: 'Duration' } as const;
  if (isDistribution(value)) return { kind: 'draw', distribution: value, type, place };
  return typeof value === 'number' ? { kind: 'literal', value, type, place } : undefined;
}

function withArrivals(scenario: Scenario, setting: Setting): readonly Load[] {
  const load = loadOf(scenario, setting.element);
  return scenario.loads.map((one) => (one === load ? { ...one, arrivals: arrivalsFor(one.arrivals, setting) } : one));
}

/** A rate of its own makes arrivals random at that rate; a factor keeps their pattern. */
function arrivalsFor(arrivals: Arrivals, { name, value, factor }: Setting): Arrivals {
  if (factor === undefined) {
    if (typeof value !== 'number') return arrivals;
    if (name === 'rate') return { kind: 'poisson', rate: value };
    return arrivals.kind === 'closed' ? { ...arrivals, users: Math.round(value) } : arrivals;
  }
  switch (arrivals.kind) {
    case 'poisson':
    case 'swing':
      return { ...arrivals, rate: arrivals.rate * factor };
    case 'pattern':
      return { ...arrivals, points: arrivals.points.map(({ time, rate }) => ({ time, rate: rate * factor })) };
    case 'ramp':
      return { ...arrivals, from: arrivals.from * factor, to: arrivals.to * factor };
    case 'renewal':
      return { ...arrivals, gap: scaledLaw(arrivals.gap, 1 / factor) };
    case 'closed':
      return { ...arrivals, users: Math.round(arrivals.users * factor) };
    case 'observed':
      return { ...arrivals, factor: arrivals.factor * factor };
    case 'replay':
      return arrivals;
  }
}
