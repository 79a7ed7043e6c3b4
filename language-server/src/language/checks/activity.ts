/** Activities are well-formed: bodies know where they begin, decisions can be left, joins and buffers have something to do. */
import {
  type Activity,
  type ActivityEdge,
  type ActivityNode,
  type Element,
  type Expression,
  isAssignable,
  type ValueType,
} from '@pollux/engine/model';
import { typeName } from '../lower/value-types.ts';
import type { Report } from '../problems/problem.ts';
import { type ActivityGraph, activityGraph } from './activity-graph.ts';
import { checkExit } from './exits.ts';
import { isNeverTrue } from './guards.ts';
import { checkOverlaps } from './overlapping-guards.ts';
import { checkWeights } from './weights.ts';

export function checkActivity(activity: Activity, report: Report): void {
  const graph = activityGraph(activity);
  checkBeginning(activity, graph, graph.roots.length > 0, report);
  for (const { node } of graph.nodes.values()) checkNode(node, graph, activity, report);
  for (const region of regionsIn(activity.nodes)) {
    for (const { guard } of region.interrupts) checkGuard(guard, report);
    if (region.interrupts.length > 0) continue;
    const message = `Nothing interrupts \`${region.name}\`, so its braces change nothing. Add \`on Signal -> …\`, or remove them.`;
    report('without-effect', region.label, message);
  }
}

function checkNode(node: ActivityNode, graph: ActivityGraph, activity: Activity, report: Report): void {
  const leaving = graph.edges.filter(({ source }) => source === node.id);
  switch (node.kind) {
    case 'decision':
      checkExit(node, leaving, report);
      checkWeights(leaving, node.label, report);
      checkOverlaps(leaving, report);
      for (const { guard } of leaving) checkGuard(guard, report);
      break;
    case 'fork':
      if (leaving.length < 2) {
        const message = `\`${node.name}\` leads to ${leaving.length === 0 ? 'nothing' : 'one node only'}. A fork goes on in several ways at once: \`fork ${node.name} -> a, b\`.`;
        report('without-effect', node.label, message);
      }
      break;
    case 'join':
      checkJoin(node, graph.edges.filter(({ target }) => target === node.id).length, report);
      break;
    case 'structured': {
      const begins = graph.successors(node.id).some((id) => graph.nodes.get(id)?.within === node);
      checkBeginning(node, graph, begins, report);
      break;
    }
    case 'buffer':
      checkBuffer(node, leaving, graph, activity, report);
      break;
    case 'accept':
      checkGuard(node.guard, report);
      break;
    default:
  }
}

function checkBeginning(
  owner: Element & { readonly nodes: readonly ActivityNode[] },
  graph: ActivityGraph,
  begins: boolean,
  report: Report,
): void {
  if (begins || owner.name === '') return;
  const entered = new Set(graph.edges.map(({ target }) => target));
  const first = owner.nodes.find(({ id }) => !entered.has(id)) ?? owner.nodes[0];
  const hint = first === undefined ? 'Add a node and `initial -> node`.' : `Add \`initial -> ${first.name}\`.`;
  report('missing-initial', owner.label, `\`${owner.name}\` does not say where it begins. ${hint}`);
}

function checkGuard(guard: Expression | undefined, report: Report): void {
  if (guard === undefined || !isNeverTrue(guard)) return;
  report('never-fires', guard.place, 'This condition is never true: it contradicts itself.');
}

function checkJoin(join: ActivityNode, count: number, report: Report): void {
  if (count !== 1) return;
  const message = `Only one edge leads to \`${join.name}\`, so it waits for nothing. Lead the other ways here, or remove it.`;
  report('without-effect', join.label, message);
}

/** What a buffer keeps is data of the activity; what leaves one buffer for another keeps its type. */
function checkBuffer(
  buffer: Extract<ActivityNode, { readonly kind: 'buffer' }>,
  leaving: readonly ActivityEdge[],
  graph: ActivityGraph,
  activity: Activity,
  report: Report,
): void {
  for (const { target, label } of leaving) {
    const next = graph.nodes.get(target)?.node;
    if (next?.kind !== 'buffer' || isAssignable(buffer.type, next.type)) continue;
    const message = `\`${buffer.name}\` keeps values of type ${typeName(buffer.type)}, \`${next.name}\` of type ${typeName(next.type)}. Give both one type.`;
    report('wrong-type', label, message);
  }
  if (dataOf(activity, graph).some((type) => isAssignable(type, buffer.type))) return;
  const message = `Nothing in \`${activity.name}\` is of type ${typeName(buffer.type)}, so \`${buffer.name}\` stays empty. Give it the type of a parameter or variable.`;
  report('without-effect', buffer.label, message);
}

function dataOf(activity: Activity, graph: ActivityGraph): ValueType[] {
  const bound = [...graph.nodes.values()].flatMap(({ node }) =>
    node.kind === 'accept' && node.event.kind === 'signal' ? node.event.bindings : [],
  );
  return [...activity.parameters, ...activity.variables, ...bound].map(({ type }) => type);
}

function* regionsIn(
  nodes: readonly ActivityNode[],
): Generator<Extract<ActivityNode, { readonly kind: 'interruptible' }>> {
  for (const node of nodes) {
    if (node.kind === 'interruptible') yield node;
    if (node.kind === 'interruptible' || node.kind === 'structured') yield* regionsIn(node.nodes);
  }
}
