/**
 * How many replicas and nodes a scenario may come to need beyond those of its deployment: they have their numbers from the
 * beginning, and come and go without anything growing while it runs.
 */
import type { Deployment, ElementId, Scenario } from '../../model/index.ts';
import { replicasOf } from '../analytic/placements.ts';

export interface Room {
  /** By component: replicas further than those deployed. */
  readonly replicas: ReadonlyMap<ElementId, number>;
  /** By kind of node: node instances further than those deployed. */
  readonly nodes: ReadonlyMap<ElementId, number>;
}

export const noRoom: Room = { replicas: new Map(), nodes: new Map() };

/** Replicas of one component in a run, at most. */
const REPLICA_LIMIT = 10_000;
const NODE_LIMIT = 10_000;

/** In a run that somebody has in hand there is room for so many replicas, or for so many times those deployed; above the last nothing. */
const LIVE_REPLICAS = 8;
const LIVE_SHARE = 4;
const LIVE_LIMIT = 256;

/** `takesInputs`: somebody may ask for more while it runs. */
export function roomFor(scenario: Scenario, deployment: Deployment | undefined, takesInputs = false): Room {
  if (deployment === undefined) return noRoom;
  const deployed = (component: ElementId): number => replicasOf(deployment, component);
  const most = new Map<ElementId, number>();
  const nodes = new Map<ElementId, number>();
  const doubled = new Set<ElementId>();
  const raise = (component: ElementId, total: number): void => {
    most.set(component, Math.max(total, most.get(component) ?? deployed(component)));
  };
  for (const { component, maximum } of deployment.autoscales) raise(component, maximum);
  if (takesInputs) for (const component of componentsOf(deployment)) raise(component, liveRoom(deployed(component)));
  for (const { change } of scenario.timeline) {
    if (change.kind === 'scale') raise(change.component, change.replicas);
    else if (change.kind === 'set' && typeof change.value === 'number') {
      const { element, name } = change.parameter;
      if (name === 'replicas') raise(element, change.value);
      const node = deployment.nodes.find(({ id }) => id === element);
      if (name !== 'count' || node === undefined) continue;
      const further = Math.min(change.value - node.count, NODE_LIMIT);
      if (further > (nodes.get(element) ?? 0)) nodes.set(element, further);
    } else if (change.kind === 'rollout') {
      raise(change.component, deployed(change.component));
      if (change.strategy.kind === 'canary' || change.strategy.kind === 'blue-green') doubled.add(change.component);
    }
  }
  // In the order of the deployment, whoever asked first.
  const ordered = [...componentsOf(deployment)].flatMap((id): [ElementId, number][] => {
    const total = most.get(id);
    return total === undefined ? [] : [[id, total]];
  });
  const replicas = ordered.map(([component, total]): [ElementId, number] => {
    const there = Math.min(total, Math.max(REPLICA_LIMIT, deployed(component)));
    return [component, (doubled.has(component) ? 2 * there : there) - deployed(component)];
  });
  return { replicas: new Map(replicas.filter(([, further]) => further > 0)), nodes };
}

function componentsOf({ nodes, spreads }: Deployment): ReadonlySet<ElementId> {
  return new Set([...nodes.flatMap(({ deploys }) => deploys), ...spreads].map(({ component }) => component));
}

function liveRoom(deployed: number): number {
  return Math.max(deployed, Math.min(Math.max(LIVE_REPLICAS, LIVE_SHARE * deployed), LIVE_LIMIT));
}
