/** What activities say that the simulation does not do yet. */
import type { Activity, ActivityEdge, ActivityNode } from '../../model/index.ts';
import { inActions, isReached, targets } from './actions.ts';
import { type NotExecutable, refused, unreadRecordings } from './entry.ts';

export function inActivity(activity: Activity): readonly NotExecutable[] {
  return [...inBody(activity), ...unreadRecordings(activity.variables, activity)];
}

function inBody({ nodes, edges }: Pick<Activity, 'nodes' | 'edges'>): readonly NotExecutable[] {
  return [...nodes.flatMap(inNode), ...edges.flatMap(inEdge)];
}

function inNode(node: ActivityNode): readonly NotExecutable[] {
  switch (node.kind) {
    case 'structured':
      return [...inBody(node), ...unreadRecordings([node.uses, node.patience], node)];
    case 'interruptible':
      return [
        ...inBody(node),
        ...node.interrupts.flatMap((interrupt) => inActions(interrupt.effect, interrupt, 'activity')),
      ];
    case 'send':
      return [
        ...(isReached(node.to, 'activity') ? [] : [refused('send', node, targets[node.to.kind])]),
        ...unreadRecordings([node.arguments, node.delay], node),
      ];
    default:
      return unreadRecordings(node, node);
  }
}

function inEdge(edge: ActivityEdge): readonly NotExecutable[] {
  return [...inActions(edge.effect, edge, 'activity'), ...unreadRecordings([edge.guard, edge.effect], edge)];
}
