/**
 * The ways that tokens can take through an activity: structured nodes opened up, patience and interrupting edges included, guards
 * left out. Knows nothing of findings.
 */
import type { Activity, ActivityEdge, ActivityNode, ElementId, StructuredNode } from '@pollux/engine/model';

export interface ActivityGraph {
  /** All nodes but regions, which tokens do not stand in. */
  readonly nodes: ReadonlyMap<ElementId, PlacedNode>;
  /** Every edge of the activity, at whatever depth. */
  readonly edges: readonly ActivityEdge[];
  readonly successors: (node: ElementId) => readonly ElementId[];
  /** Where tokens appear when the activity begins. */
  readonly roots: readonly ElementId[];
}

export interface PlacedNode {
  readonly node: ActivityNode;
  /** The structured node whose braces it stands in. */
  readonly within: StructuredNode | undefined;
}

interface Body {
  readonly nodes: readonly ActivityNode[];
  readonly edges: readonly ActivityEdge[];
}

export function activityGraph(activity: Activity): ActivityGraph {
  const nodes = new Map<ElementId, PlacedNode>();
  const edges: ActivityEdge[] = [];
  /** Ways that are no edges of the text: out of patience, interrupted. */
  const ways = new Map<ElementId, ElementId[]>();
  const visit = (body: Body, within: StructuredNode | undefined): ElementId[] => {
    const inside: ElementId[] = [];
    edges.push(...body.edges);
    for (const node of body.nodes) {
      if (node.kind === 'interruptible') {
        const held = visit(node, within);
        for (const { target } of node.interrupts) for (const id of held) add(ways, id, target);
        inside.push(...held);
        continue;
      }
      nodes.set(node.id, { node, within });
      inside.push(node.id);
      if ('patience' in node && node.patience !== undefined) add(ways, node.id, node.patience.abandoned);
      if (node.kind === 'structured') inside.push(...visit(node, node));
    }
    return inside;
  };
  visit(activity, undefined);
  const out = new Map<ElementId, ElementId[]>();
  for (const { source, target } of edges) add(out, source, target);
  const entered = new Set([...out.values(), ...ways.values()].flat());
  const startsIn = (owner: StructuredNode | undefined) =>
    [...nodes.values()]
      .filter(({ node, within }) => within === owner && isStart(node, entered))
      .map(({ node }) => node.id);
  const next = (id: ElementId): readonly ElementId[] => {
    const placed = nodes.get(id);
    const own = out.get(id) ?? [];
    if (placed?.node.kind === 'structured') {
      const inner = startsIn(placed.node);
      return inner.length === 0 ? own : inner;
    }
    return placed?.within !== undefined && isFinal(placed.node) ? (out.get(placed.within.id) ?? []) : own;
  };
  const successors = new Map([...nodes.keys()].map((id) => [id, [...next(id), ...(ways.get(id) ?? [])]]));
  return { nodes, edges, successors: (id) => successors.get(id) ?? [], roots: startsIn(undefined) };
}

function add(map: Map<ElementId, ElementId[]>, source: ElementId, target: ElementId): void {
  const targets = map.get(source);
  if (targets === undefined) map.set(source, [target]);
  else targets.push(target);
}

/** An accept action that nothing leads to waits from the beginning. */
function isStart(node: ActivityNode, entered: ReadonlySet<ElementId>): boolean {
  return node.kind === 'initial' || (node.kind === 'accept' && !entered.has(node.id));
}

export function isFinal(node: ActivityNode): boolean {
  return node.kind === 'activity-final' || node.kind === 'flow-final';
}

/** Everything on some way from there, these included. */
export function reachable(
  from: Iterable<ElementId>,
  successors: (node: ElementId) => readonly ElementId[],
): Set<ElementId> {
  const reached = new Set(from);
  for (const id of reached) for (const next of successors(id)) reached.add(next);
  return reached;
}
