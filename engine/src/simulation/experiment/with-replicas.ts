/** A deployment with another number of replicas of one component, which is always a total. Knows where they go, nothing of what they do. */
import type { DeployedComponent, Deployment, ElementId, Spread } from '../../model/index.ts';
import { replicasOf } from '../analytic/placements.ts';

/**
 * Where it stands on one kind of node and the total is a multiple of their number, each node gets as many; otherwise the replicas
 * are dealt out evenly over all nodes that run it now. A component that runs nowhere stays nowhere.
 */
export function withReplicas(deployment: Deployment, component: ElementId, total: number): Deployment {
  const isIt = (deploy: DeployedComponent | Spread): boolean => deploy.component === component;
  if (replicasOf(deployment, component) === total) return deployment;
  const nodes = deployment.nodes.filter(({ deploys }) => deploys.some(isIt));
  const deploys = nodes.flatMap((node) => node.deploys.filter(isIt).map((deploy) => ({ node, deploy })));
  const spreads = deployment.spreads.filter(isIt);
  const [only] = deploys;
  if (only !== undefined && deploys.length === 1 && spreads.length === 0 && total % only.node.count === 0) {
    const replicas = total / only.node.count;
    return {
      ...deployment,
      nodes: deployment.nodes.map((node) => ({
        ...node,
        deploys: node.deploys.map((deploy) => (isIt(deploy) ? { ...deploy, replicas } : deploy)),
      })),
    };
  }
  const [first] = [...spreads, ...deploys.map(({ deploy }) => deploy)];
  if (first === undefined) return deployment;
  const across = new Set([...nodes.map(({ id }) => id), ...spreads.flatMap((spread) => spread.nodes)]);
  const spread: Spread = { ...first, kind: 'spread', replicas: total, nodes: [...across] };
  return {
    ...deployment,
    nodes: deployment.nodes.map((node) => ({ ...node, deploys: node.deploys.filter((deploy) => !isIt(deploy)) })),
    spreads: [...deployment.spreads.filter((one) => !isIt(one)), spread],
  };
}
