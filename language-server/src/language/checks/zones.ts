/** What runs outside of a zone. Reads deployments as they are written. */
import * as ast from '../../generated/ast.ts';
import { nodesBelow } from '../links/declared-names.ts';

/** Components that a deployment with a zone of that name runs on a node elsewhere. */
export function deployedOutside(zone: ast.Zone, deployments: readonly ast.Deployment[]): Set<ast.Component> {
  const outside = new Set<ast.Component>();
  for (const deployment of deployments) {
    const nodes = [...nodesBelow(deployment.members)];
    if (!nodes.some((node) => isIn(node, zone.name))) continue;
    for (const node of nodes) {
      if (isIn(node, zone.name)) continue;
      for (const deploy of node.members.filter(ast.isDeploy)) {
        const component = deploy.component?.ref;
        if (component !== undefined) outside.add(component);
      }
    }
  }
  return outside;
}

function isIn(node: ast.Node, zone: string): boolean {
  for (let around = node.$container; ast.isZone(around); around = around.$container) {
    if (around.name === zone) return true;
  }
  return false;
}
