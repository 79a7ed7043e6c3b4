/** An activity laid out flat: its nodes, its edges, and which braces and regions stand around them. */
import type { Action, Activity, ActivityEdge, ActivityNode, ElementId, Interrupt } from '../../model/index.ts';
import type { PlacedNode, Way } from './compiled-activity.ts';

interface ActivityTree {
  readonly nodes: readonly PlacedNode[];
  readonly indexOf: ReadonlyMap<ElementId, number>;
  /** By node: the structured node around, the innermost region in the same braces; -1: none. */
  readonly within: readonly number[];
  readonly regionOf: readonly number[];
  /** By region: the one around it in the same braces. */
  readonly regionParent: readonly number[];
  readonly interrupts: readonly { readonly region: number; readonly interrupt: Interrupt }[];
  /** Those of one source side by side, in the order of the text. */
  readonly edges: readonly FlatEdge[];
  readonly firstEdge: readonly number[];
  readonly edgeCount: readonly number[];
}

export interface FlatEdge {
  readonly source: number;
  readonly target: number;
  readonly effect: readonly Action[];
  /** What it is in the text. */
  readonly way: Way;
  /** Absent for ways that are no edges. */
  readonly edge?: ActivityEdge;
}

export function activityTree(activity: Activity): ActivityTree {
  const nodes: PlacedNode[] = [];
  const within: number[] = [];
  const regionOf: number[] = [];
  const regionParent: number[] = [];
  const interrupts: { region: number; interrupt: Interrupt }[] = [];
  const written: ActivityEdge[] = [];
  const visit = (body: Pick<Activity, 'nodes' | 'edges'>, around: number, region: number): void => {
    written.push(...body.edges);
    for (const node of body.nodes) {
      if (node.kind === 'interruptible') {
        const own = regionParent.push(region) - 1;
        interrupts.push(...node.interrupts.map((interrupt) => ({ region: own, interrupt })));
        visit(node, around, own);
        continue;
      }
      const index = nodes.push(node) - 1;
      within.push(around);
      regionOf.push(region);
      if (node.kind === 'structured') visit(node, index, -1);
    }
  };
  visit(activity, -1, -1);
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  const edges: FlatEdge[] = [];
  const firstEdge: number[] = [];
  const edgeCount: number[] = [];
  nodes.forEach((node: ActivityNode, source) => {
    firstEdge.push(edges.length);
    for (const edge of written) {
      const target = indexOf.get(edge.target);
      if (edge.source === node.id && target !== undefined)
        edges.push({ source, target, effect: edge.effect, way: edge, edge });
    }
    edgeCount.push(edges.length - firstEdge[source]!);
  });
  return { nodes, indexOf, within, regionOf, regionParent, interrupts, edges, firstEdge, edgeCount };
}
