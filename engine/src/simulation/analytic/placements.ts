/** Where the replicas of a component stand in a deployment, and what an operation costs there. */
import type {
  Component,
  DeployedComponent,
  Deployment,
  ElementId,
  Expression,
  Node,
  OperationCost,
  Spread,
} from '../../model/index.ts';
import { isKnown, meanOf } from '../../numeric/index.ts';

export interface Placement {
  /** A kind of node; absent where the component runs nowhere in the deployment. */
  readonly node: Node;
  readonly deploy: DeployedComponent | Spread;
  /** On all nodes of that kind; a total that is placed over several kinds counts by their numbers. */
  readonly replicas: number;
}

/** Every pair of a component and a kind of node that runs it. */
export function placementsOf(deployment: Deployment): Placement[] {
  const fixed = deployment.nodes.flatMap((node) =>
    node.deploys.map((deploy) => ({ node, deploy, replicas: deploy.replicas * node.count })),
  );
  const spread = deployment.spreads.flatMap((deploy) => {
    const nodes = deployment.nodes.filter(({ id }) => deploy.nodes.includes(id));
    const all = nodes.reduce((sum, { count }) => sum + count, 0);
    return nodes.map((node) => ({ node, deploy, replicas: (deploy.replicas * node.count) / all }));
  });
  return [...fixed, ...spread];
}

/** How many replicas of the component there are in all. */
export function replicasOf(deployment: Deployment, component: ElementId): number {
  const own = placementsOf(deployment).filter(({ deploy }) => deploy.component === component);
  return Math.round(own.reduce((sum, { replicas }) => sum + replicas, 0));
}

/** As its version changes it. */
export function costOf(component: Component, operation: ElementId, version: string | undefined): OperationCost {
  const own = component.operations.find(({ id }) => id === operation) ?? {};
  const changed = component.versions
    .find(({ name }) => name === version)
    ?.operations.find((change) => change.operation === operation)?.cost;
  return { ...own, ...changed };
}

/** Microseconds; undefined where it is not known before the run. */
export function meanTime(time: Expression | undefined): number | undefined {
  if (time === undefined) return 0;
  if (time.kind === 'literal' && typeof time.value === 'number') return Math.max(0, time.value);
  if (time.kind !== 'draw' || !isKnown(time.distribution)) return undefined;
  const mean = meanOf(time.distribution);
  return Number.isFinite(mean) ? Math.max(0, mean) : undefined;
}
