/** Ways through activities: nodes that no token reaches, tokens that find no end, joins that wait for ever. Explores no runs. */
import type { Activity, ElementId, StructuredNode } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { type ActivityGraph, activityGraph, isFinal, reachable } from './activity-graph.ts';
import { checkHolds } from './holds.ts';

export function checkActivityFlow(activity: Activity, report: Report): void {
  const graph = activityGraph(activity);
  if (graph.roots.length === 0) return;
  const reached = reachable(graph.roots, graph.successors);
  checkUnreached(graph, reached, report);
  checkEnds(activity, graph, reached, report);
  for (const { node } of graph.nodes.values()) {
    if (node.kind === 'join' && reached.has(node.id)) checkJoin(node.id, graph, report);
  }
  checkHolds(graph, report);
}

function checkUnreached(graph: ActivityGraph, reached: ReadonlySet<ElementId>, report: Report): void {
  for (const { node, within } of graph.nodes.values()) {
    const isInsideUnreached = within !== undefined && (!reached.has(within.id) || !beginsInside(within, graph));
    if (reached.has(node.id) || isInsideUnreached || node.kind === 'initial') continue;
    report('unreachable', node.label, `Nothing leads to \`${node.name}\`. Add an edge to it, or remove it.`);
  }
}

function beginsInside(structured: StructuredNode, graph: ActivityGraph): boolean {
  return graph.successors(structured.id).some((id) => graph.nodes.get(id)?.within === structured);
}

/** Reports where a way without end is entered, not all that lies on it. */
function checkEnds(activity: Activity, graph: ActivityGraph, reached: ReadonlySet<ElementId>, report: Report): void {
  const finals = [...graph.nodes.values()].filter(({ node, within }) => isFinal(node) && within === undefined);
  const predecessors = new Map<ElementId, ElementId[]>();
  for (const id of graph.nodes.keys()) {
    for (const next of graph.successors(id)) predecessors.set(next, [...(predecessors.get(next) ?? []), id]);
  }
  const ending = reachable(
    finals.map(({ node }) => node.id),
    (id) => predecessors.get(id) ?? [],
  );
  if (finals.length === 0) {
    const message = `\`${activity.name}\` never ends: it has no final node. Add \`final done\` and lead to it.`;
    report('no-end', activity.label, message);
    return;
  }
  for (const { node } of graph.nodes.values()) {
    if (ending.has(node.id) || !reached.has(node.id) || node.kind === 'initial') continue;
    const before = predecessors.get(node.id) ?? [];
    const isEntry = before.some((id) => ending.has(id) || graph.nodes.get(id)?.node.kind === 'initial');
    if (!isEntry) continue;
    const message = `From \`${node.name}\` no way leads to a final node: who comes here never leaves. Add an edge that does.`;
    report('no-end', node.label, message);
  }
}

/** Two edges can both bring a token only where a fork, or two beginnings, made two of one. */
function checkJoin(join: ElementId, graph: ActivityGraph, report: Report): void {
  const sources = graph.edges.filter(({ target }) => target === join).map(({ source }) => source);
  const origins = originsOf(graph);
  for (const [index, source] of sources.entries()) {
    for (const other of sources.slice(0, index)) {
      if (origins.some((ways) => arriveApart(ways, source, other))) continue;
      const [name, first, second] = [join, other, source].map((id) => graph.nodes.get(id)?.node.name ?? '');
      const message =
        first === second || first === '' || second === ''
          ? `Only one token can ever arrive at \`${name}\`. Put a \`fork\` before it, or write \`merge\`.`
          : `A token comes from \`${first}\` or from \`${second}\`, never from both, so \`${name}\` waits for ever. Put a \`fork\` before them, or write \`merge\`.`;
      const label = graph.nodes.get(join)?.node.label;
      if (label !== undefined) report('waits-for-ever', label, message);
      return;
    }
  }
}

/** For each fork, and for what begins in several places: what each of its ways reaches. */
function originsOf(graph: ActivityGraph): Set<ElementId>[][] {
  const forks = [...graph.nodes.values()].filter(({ node }) => node.kind === 'fork' || node.kind === 'structured');
  const starts = forks.map(({ node }) => graph.successors(node.id));
  return [...starts, graph.roots].map((ways) => ways.map((way) => reachable([way], graph.successors)));
}

function arriveApart(ways: readonly ReadonlySet<ElementId>[], one: ElementId, other: ElementId): boolean {
  return ways.some((way, index) =>
    ways.some((second, position) => index !== position && way.has(one) && second.has(other)),
  );
}
