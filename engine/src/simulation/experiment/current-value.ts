/** What a parameter is before anything changes it, in the scenario that asks. The same reading for sweeps, answers and changes during a run. */
import type {
  CallPolicy,
  Capacity,
  Deployment,
  Distribution,
  ElementId,
  Expression,
  Load,
  Model,
  Operation,
  PolicyParameterName,
  Requirement,
  Scenario,
} from '../../model/index.ts';
import { isPolicyParameter } from '../../model/index.ts';
import { replicasOf } from '../analytic/placements.ts';
import type { Settable } from './setting.ts';

/**
 * A number in the parameter's unit or a law; null where there is none to speak of: no limit of threads, a time that is worked out in the
 * run, a component that runs nowhere.
 */
export function currentValue(
  model: Model,
  scenario: Scenario,
  { element, name }: Settable,
): number | Distribution | null {
  if (isPolicyParameter(name)) return policyValue(requirementOf(model, element)?.policy ?? {}, name);
  const deployment = deploymentOf(model, scenario);
  switch (name) {
    case 'replicas':
      return deployment === undefined ? null : replicasOf(deployment, element) || null;
    case 'threads':
      return capacityOf(model, deployment, element).threads ?? null;
    case 'queue':
      return capacityOf(model, deployment, element).queue?.capacity ?? null;
    case 'connections':
      return capacityOf(model, deployment, element).connections ?? null;
    case 'cache':
      return capacityOf(model, deployment, element).cache?.hit ?? null;
    case 'cores':
      return deployment?.nodes.find(({ id }) => id === element)?.cores ?? null;
    case 'count':
      return (
        deployment?.nodes.find(({ id }) => id === element)?.count ??
        model.resources.find(({ id }) => id === element)?.count ??
        null
      );
    case 'takes':
      return timeOf(operationOf(model, element)?.takes);
    case 'delays':
      return timeOf(operationOf(model, element)?.delays);
    case 'fails':
      return operationOf(model, element)?.fails?.probability ?? null;
    case 'queue.within': {
      const discipline = capacityOf(model, deployment, element).queue?.discipline;
      return discipline?.kind === 'drop-expired' ? (discipline.within ?? 0) : null;
    }
    case 'cache.entries':
      return capacityOf(model, deployment, element).cache?.entries ?? null;
    case 'cache.ttl':
      return capacityOf(model, deployment, element).cache?.ttl ?? null;
    case 'limit':
      return deployment?.limits.find(({ id }) => id === element)?.rate ?? null;
    case 'limit.burst':
      return deployment?.limits.find(({ id }) => id === element)?.burst ?? null;
    case 'rate': {
      const arrivals = loadOf(scenario, element)?.arrivals;
      return arrivals?.kind === 'poisson' ? arrivals.rate : null;
    }
    case 'users': {
      const arrivals = loadOf(scenario, element)?.arrivals;
      return arrivals?.kind === 'closed' ? arrivals.users : null;
    }
    case 'warmup':
      return scenario.warmup;
  }
}

export function deploymentOf(model: Model, scenario: Scenario): Deployment | undefined {
  return model.deployments.find(({ id }) => id === scenario.deployment);
}

/** What the deployment says where it runs first, else its component. */
function capacityOf(model: Model, deployment: Deployment | undefined, component: ElementId): Capacity {
  const own = model.components.find(({ id }) => id === component) ?? {};
  const placed = [...(deployment?.nodes.flatMap(({ deploys }) => deploys) ?? []), ...(deployment?.spreads ?? [])];
  const there: Capacity = placed.find((deploy) => deploy.component === component) ?? {};
  return { ...own, ...there };
}

function timeOf(time: Expression | undefined): number | Distribution | null {
  if (time?.kind === 'literal' && typeof time.value === 'number') return time.value;
  return time?.kind === 'draw' ? time.distribution : null;
}

function policyValue(policy: CallPolicy, name: PolicyParameterName): number | Distribution | null {
  switch (name) {
    case 'timeout':
      return timeOf(policy.timeout);
    case 'retry':
      return policy.retries ?? null;
    case 'backoff':
      return timeOf(policy.backoff?.first);
    case 'budget':
      return policy.budget ?? null;
    case 'breaker':
      return policy.breaker?.failures ?? null;
    case 'breaker.calls':
      return policy.breaker?.calls ?? null;
    case 'breaker.open':
      return policy.breaker?.open ?? null;
    case 'bulkhead':
      return policy.bulkhead?.calls ?? null;
    case 'bulkhead.queue':
      return policy.bulkhead?.queue ?? null;
    case 'hedge':
      return timeOf(policy.hedge);
  }
}

function operationOf(model: Model, id: ElementId): Operation | undefined {
  for (const { operations } of model.components) {
    const found = operations.find((operation) => operation.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function requirementOf(model: Model, id: ElementId): Requirement | undefined {
  for (const { requires } of model.components) {
    const found = requires.find((requirement) => requirement.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By its own id, or by that of the behaviour that it starts. */
export function loadOf(scenario: Scenario, id: ElementId): Load | undefined {
  return scenario.loads.find((load) => load.id === id) ?? scenario.loads.find(({ behaviour }) => behaviour === id);
}
