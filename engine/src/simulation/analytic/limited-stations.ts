/** The two queues with an end that stand alone in a scenario: threads that turn calls away, and people who wait for people and give up. */
import type { Component, Deployment, ElementId, Load, Model, Node } from '../../model/index.ts';
import { durationMoment, SECOND } from '../../numeric/index.ts';
import { delaySystem, erlangB, impatientQueue, limitedQueue, type QueueFigures } from './closed-forms/index.ts';
import { indexOf } from './model-index.ts';
import { meanTime, placementsOf } from './placements.ts';
import type { Form } from './solution.ts';

interface LimitedStation {
  readonly element: ElementId;
  readonly servers: number;
  readonly form: Form;
  readonly figures: QueueFigures;
  /** Mean service, seconds. */
  readonly service: number;
}

/** Undefined unless the one random load does one thing only, and that has a limit which a formula knows. */
export function limitedStationOf(
  model: Model,
  load: Load,
  deployment: Deployment | undefined,
): LimitedStation | undefined {
  if (load.arrivals.kind !== 'poisson' || load.batch !== undefined) return undefined;
  return (
    limitedThreads(model, load, load.arrivals.rate, deployment) ?? impatientPeople(model, load, load.arrivals.rate)
  );
}

function limitedThreads(
  model: Model,
  { behaviour }: Load,
  arrivals: number,
  deployment: Deployment | undefined,
): LimitedStation | undefined {
  const [message, ...others] = model.interactions.find(({ id }) => id === behaviour)?.body ?? [];
  if (message?.kind !== 'message' || others.length > 0 || message.sort !== 'synchronous-call') return undefined;
  if (message.execution.length > 0 || message.policy !== undefined) return undefined;
  const component = indexOf(model).providers.get(message.signature);
  const operation = component?.operations.find(({ id }) => id === message.signature);
  if (component === undefined || operation === undefined || !isPlain(component)) return undefined;
  const own =
    deployment === undefined ? [] : placementsOf(deployment).filter(({ deploy }) => deploy.component === component.id);
  const [place, ...more] = own;
  if (deployment !== undefined && place !== undefined && isDisturbed(deployment, place.node)) return undefined;
  if (more.length > 0 || (place !== undefined && place.replicas !== 1) || (place === undefined && !component.external))
    return undefined;
  if (place?.deploy.version !== undefined || operation.fails !== undefined || operation.method !== undefined)
    return undefined;
  const threads = place?.deploy.threads ?? component.threads;
  const queue = place?.deploy.queue ?? component.queue;
  if (threads === undefined || (queue !== undefined && queue.discipline.kind !== 'fifo')) return undefined;
  const cores = place?.node.cores;
  const { takes, delays } = operation;
  if (takes !== undefined && delays !== undefined) return undefined;
  const time = takes ?? delays;
  const mean = meanTime(time);
  if (mean === undefined || mean === 0) return undefined;
  const service = mean / SECOND;
  const servers = cores !== undefined && takes !== undefined ? Math.min(cores, threads) : threads;
  const places = threads + (queue?.capacity ?? Number.POSITIVE_INFINITY);
  if (places === servers) {
    const figures = limitedQueue({ arrivals, service, servers, places });
    return {
      element: component.id,
      servers,
      form: 'M/G/c/c',
      figures: { ...figures, blocked: erlangB(servers, arrivals * service) },
      service,
    };
  }
  if (time?.kind !== 'draw' || time.distribution.kind !== 'exponential') return undefined;
  return Number.isFinite(places)
    ? {
        element: component.id,
        servers,
        form: 'M/M/c/K',
        figures: limitedQueue({ arrivals, service, servers, places }),
        service,
      }
    : { element: component.id, servers, form: 'M/M/c', figures: delaySystem({ arrivals, service, servers }), service };
}

/** What the formulas know nothing of. */
function isDisturbed({ zones, backgrounds, limits }: Deployment, { id, breakdown }: Node): boolean {
  const breaksDown = [...zones.map((zone) => zone.breakdown), breakdown].some((each) => each !== undefined);
  return breaksDown || limits.length > 0 || backgrounds.some(({ node }) => node === id);
}

function isPlain({ cache, connections, versions }: Component): boolean {
  return cache === undefined && connections === undefined && versions.length === 0;
}

function impatientPeople(model: Model, { behaviour }: Load, arrivals: number): LimitedStation | undefined {
  const nodes = model.activities.find(({ id }) => id === behaviour)?.nodes ?? [];
  const working = nodes.filter(({ kind }) => kind !== 'initial' && kind !== 'activity-final' && kind !== 'flow-final');
  const [action, ...others] = working;
  if (action?.kind !== 'action' || others.length > 0 || action.work.kind !== 'takes') return undefined;
  const [use, ...more] = action.uses;
  const limit = action.patience?.limit;
  const { time } = action.work;
  const resource = model.resources.find(({ id }) => id === use?.resource);
  if (use === undefined || more.length > 0 || use.amount !== 1 || use.priority !== undefined) return undefined;
  if (resource === undefined || resource.shifts.length > 0) return undefined;
  if (limit?.kind !== 'draw' || limit.distribution.kind !== 'exponential') return undefined;
  if (time.kind !== 'draw' || time.distribution.kind !== 'exponential') return undefined;
  const service = durationMoment(time.distribution, 1) / SECOND;
  const patience = limit.distribution.mean / SECOND;
  const figures = impatientQueue({ arrivals, service, servers: resource.count, patience });
  return { element: resource.id, servers: resource.count, form: 'M/M/c+M', figures, service };
}
