/** Deployments: nodes, what runs on them, and the links between them. Zones are transparent. */
import type { DeployedComponent, Deployment, Link, Node } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { nodesBelow } from '../links/declared-names.ts';
import { readQuantity } from '../quantities/units.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword } from './lowering.ts';

/** Of nodes, cores, replicas: a number above is a slip of the key. */
const MOST = 100_000;

export function lowerDeployment(lowering: Lowering, node: ast.Deployment): Deployment {
  const links: Link[] = [];
  const collect = (members: readonly ast.DeploymentMember[]) => {
    for (const member of members) {
      if (ast.isZone(member)) {
        const message = 'Zones are drawn, but nothing uses them in a run so far (partitions and data policies will).';
        lowering.report('not-executable-yet', placeOfKeyword(lowering, member, 'zone'), message);
        collect(member.members);
      } else if (ast.isLink(member)) {
        const link = lowerLink(lowering, member);
        if (link !== undefined) links.push(link);
      }
    }
  };
  collect(node.members);
  const nodes = [...nodesBelow(node.members)].map((member) => lowerNode(lowering, member));
  return { ...elementOf(lowering, node), kind: 'deployment', nodes, links };
}

function lowerNode(lowering: Lowering, node: ast.Node): Node {
  const cores = node.members.find(ast.isCores);
  for (const memory of node.members.filter(ast.isMemory)) {
    lowering.report(
      'not-executable-yet',
      placeOf(lowering, memory),
      'Memory is not simulated so far: no run is slowed by the lack of it.',
    );
  }
  return {
    ...elementOf(lowering, node),
    kind: 'node',
    count: lowerCount(lowering, node, 'count', node.count, 1, 1, MOST),
    ...(cores === undefined ? {} : { cores: lowerCount(lowering, cores, 'count', cores.count, 1, 1, MOST) }),
    deploys: node.members
      .filter(ast.isDeploy)
      .map((deploy) => lowerDeploy(lowering, deploy))
      .filter((deploy) => deploy !== undefined),
  };
}

function lowerDeploy(lowering: Lowering, node: ast.Deploy): DeployedComponent | undefined {
  const component = node.component?.ref;
  const replicas = lowerCount(lowering, node, 'replicas', node.replicas, 1, 1, MOST);
  if (component === undefined) return undefined;
  return { ...elementOf(lowering, node, 'component'), kind: 'deployed', component: idOf(component), replicas };
}

function lowerLink(lowering: Lowering, node: ast.Link): Link | undefined {
  let latency = 0;
  for (const attribute of node.attributes) {
    const wanted = ({ latency: 'Duration', bandwidth: 'Bandwidth', loss: 'Percent' } as const)[attribute.attribute];
    const value = readAttribute(lowering, attribute, wanted);
    if (attribute.attribute === 'latency') latency = value;
    else if (attribute.attribute !== 'loss' || value > 0) {
      const message = `\`${attribute.attribute}\` is not simulated so far; only the latency of a link is.`;
      lowering.report('not-executable-yet', placeOf(lowering, attribute), message);
    }
  }
  const from = node.from?.ref;
  const to = node.to?.ref;
  if (from === undefined || to === undefined) return undefined;
  return { ...elementOf(lowering, node, 'from'), kind: 'link', ends: [idOf(from), idOf(to)], latency };
}

function readAttribute(
  lowering: Lowering,
  node: ast.LinkAttribute,
  wanted: 'Duration' | 'Bandwidth' | 'Percent',
): number {
  if (node.value === undefined || node.value === '') return 0;
  const quantity = readQuantity(node.value);
  const place = placeOf(lowering, node);
  if (quantity.kind === 'unknown-unit') {
    const hint = quantity.mended.length === 0 ? '' : ` Write \`${quantity.mended.join('` or `')}\`.`;
    lowering.report('unknown-unit', place, `\`${quantity.unit}\` is no unit.${hint}`);
    return 0;
  }
  if (quantity.dimension === wanted) return quantity.value;
  const example = { Duration: 'latency 0.4 ms', Bandwidth: 'bandwidth 10 Gbps', Percent: 'loss 0.1 %' }[wanted];
  lowering.report('wrong-type', place, `\`${node.value}\` does not fit here: \`${example}\`.`);
  return 0;
}
