/**
 * Lays graphs out and remembers. The same topology with the same (quantised) sizes gets the picture it had, whatever its
 * elements are called by now; so overlays, edits of names of equal length and edits elsewhere move nothing.
 */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { fromElk, type PlacedEdge, type Placement, toElk, type Variant } from './elk-graph.ts';
import type { Box, Size } from './geometry.ts';
import { allNodes, childrenOf, type DiagramGraph, type GraphNode } from './graph.ts';

/** The engine's one call; the page gives a worker's, tests give Node's. */
export interface LayoutEngine {
  layout(graph: ElkNode): Promise<ElkNode>;
}

/** What a usual panel shows at 100 %. */
const usualRoom: Size = { width: 1080, height: 720 };

/** Pixels that may be cut off: a picture much larger than the room reads better from its beginning, unturned. */
const tolerated = 60;

/** Pictures remembered; an old one is forgotten first. */
const remembered = 40;

/** A placement by position in the graph instead of by id. */
interface NamelessPlacement {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Box[];
  readonly edges: readonly PlacedEdge[];
}

export class Layout {
  private readonly engine: LayoutEngine;
  private readonly known = new Map<string, Promise<NamelessPlacement>>();
  /** How often the engine was asked. */
  runs = 0;

  constructor(engine: LayoutEngine) {
    this.engine = engine;
  }

  /** The graph's first picture, or the other one where only that fits into the room. */
  async place(graph: DiagramGraph, room: Size = usualRoom): Promise<Placement> {
    const signature = signatureOf(graph);
    const first = await this.picture(graph, signature, 'first');
    const excess = excessOf(first, room);
    if (excess === 0) return recall(graph, first);
    const other = await this.picture(graph, signature, 'other');
    const better = excessOf(other, room);
    return recall(graph, better < excess && better <= tolerated ? other : first);
  }

  private async picture(graph: DiagramGraph, signature: string, variant: Variant): Promise<NamelessPlacement> {
    const key = `${variant} ${signature}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    this.runs += 1;
    const layout = this.engine.layout(toElk(graph, variant)).then((root) => forget(graph, fromElk(root)));
    // The engine fails on some nestings: then a simpler picture stands for this one.
    const simpler = ({ other: 'first', first: 'plain', plain: null } as const)[variant];
    const kept = simpler === null ? layout : layout.catch(() => this.picture(graph, signature, simpler));
    this.known.set(key, kept);
    kept.catch(() => this.known.delete(key));
    const oldest = this.known.keys().next().value;
    if (this.known.size > remembered && oldest !== undefined) this.known.delete(oldest);
    return kept;
  }
}

/** Pixels of the picture that the room does not show at 100 %; to be cut at the side, in the middle of words, is worse. */
function excessOf(picture: Size, room: Size): number {
  return 2 * Math.max(0, picture.width - room.width) + Math.max(0, picture.height - room.height);
}

/** Topology and sizes, with positions instead of names. */
function signatureOf(graph: DiagramGraph): string {
  const numbers = new Map([...allNodes(graph.nodes)].map((node, position) => [node.id, position]));
  const node = (each: GraphNode): unknown => [
    each.shape,
    each.size.width,
    each.size.height,
    'label' in each ? [each.label.width, each.label.height] : 0,
    childrenOf(each).map(node),
  ];
  const edges = graph.edges.map((edge) => [
    numbers.get(edge.source),
    numbers.get(edge.target),
    edge.label.width,
    edge.label.height,
  ]);
  return JSON.stringify([graph.direction, graph.nodes.map(node), edges]);
}

function forget(graph: DiagramGraph, placement: Placement): NamelessPlacement {
  return {
    width: placement.width,
    height: placement.height,
    nodes: [...allNodes(graph.nodes)].map((node) => placement.nodes[node.id] ?? { x: 0, y: 0, ...node.size }),
    edges: graph.edges.map((edge) => placement.edges[edge.id] ?? { points: [], label: null }),
  };
}

function recall(graph: DiagramGraph, nameless: NamelessPlacement): Placement {
  const boxes = [...allNodes(graph.nodes)].map((node, position) => [node.id, nameless.nodes[position] as Box] as const);
  const edges = graph.edges.map((edge, position) => [edge.id, nameless.edges[position] as PlacedEdge] as const);
  return {
    width: nameless.width,
    height: nameless.height,
    nodes: Object.fromEntries(boxes),
    edges: Object.fromEntries(edges),
  };
}
