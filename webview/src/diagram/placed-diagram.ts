/** A graph with a place for everything: nodes, lines up to the outline of their shapes, and labels off every line. */
import type { ElementId } from '@pollux/engine/model';
import type { Placement } from './elk-graph.ts';
import { type Box, grow, type Point, union } from './geometry.ts';
import { allNodes, type DiagramGraph, type GraphEdge, type GraphNode } from './graph.ts';
import { metrics } from './metrics.ts';
import { type NameRow, nameRowOf } from './name-row.ts';
import { type FloatingLabel, type Obstacles, type PlacedLabel, placeLabels } from './place-labels.ts';

export interface PlacedDiagram {
  readonly element: ElementId;
  readonly kind: DiagramGraph['kind'];
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Parents before children. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedLine[];
}

export interface PlacedNode {
  readonly node: GraphNode;
  readonly box: Box;
  /** Where a pseudostate's name goes. */
  readonly label: PlacedLabel | null;
  /** Where a state's name and counter go. */
  readonly nameRow: NameRow | null;
}

export interface PlacedLine {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label: PlacedLabel;
}

export function placeDiagram(graph: DiagramGraph, placement: Placement): PlacedDiagram {
  const nodes = [...allNodes(graph.nodes)].map((node) => ({
    node,
    box: placement.nodes[node.id] ?? { x: 0, y: 0, ...node.size },
  }));
  const byId = new Map(nodes.map((each) => [each.node.id, each]));
  const lines = graph.edges.map((edge) => {
    const placed = placement.edges[edge.id];
    const points = placed?.points ?? [];
    return { edge, points: trim(points, byId.get(edge.source), byId.get(edge.target)), label: placed?.label ?? null };
  });
  const obstacles: Obstacles = {
    lines: lines.map((line) => line.points),
    outlines: nodes.filter(({ node }) => isHollow(node)).map(({ node, box }) => ({ box, header: headerOf(node, box) })),
    solids: nodes.filter(({ node }) => !isHollow(node)).map(({ box }) => box),
  };
  const floating: FloatingLabel[] = [];
  for (const { node, box } of nodes) {
    if ('label' in node && node.label.width > 0) floating.push(pseudostateLabel(node.id, node.shape, node.label, box));
  }
  for (const { edge, points, label } of lines) if (edge.label.width > 0) floating.push(lineLabel(edge, points, label));
  const labels = placeLabels(floating, obstacles);
  const placedNodes = nodes.map(({ node, box }) => ({
    node,
    box,
    label: labels.get(node.id) ?? null,
    nameRow: node.shape === 'state' ? nameRowOf(node, box, obstacles.lines) : null,
  }));
  const placedLines = lines.map(({ edge, points }) => ({ edge, points, label: labels.get(edge.id) ?? nowhere }));
  return shifted(graph, placedNodes, placedLines);
}

const nowhere: PlacedLabel = { box: { x: 0, y: 0, width: 0, height: 0 }, align: 'start' };

/** Children are drawn inside; labels may lie there too. */
function isHollow(node: GraphNode): boolean {
  return node.shape === 'region' || (node.shape === 'state' && node.children.length > 0);
}

function headerOf(node: GraphNode, box: Box): Box {
  const height = node.shape === 'state' ? node.header : 24;
  return { ...box, height };
}

/** Moves everything so that the picture begins at the origin, labels included. */
function shifted(graph: DiagramGraph, nodes: readonly PlacedNode[], edges: readonly PlacedLine[]): PlacedDiagram {
  const points = edges.flatMap((line) => line.points.map((point) => ({ ...point, width: 0, height: 0 })));
  const labels = [
    ...nodes.flatMap(({ label }) => (label === null ? [] : [label.box])),
    ...edges.map((line) => line.label.box),
  ];
  const extent = grow(union([...nodes.map(({ box }) => box), ...points, ...labels.filter((box) => box.width > 0)]), 8);
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x - extent.x, y: point.y - extent.y });
  const label = (each: PlacedLabel): PlacedLabel => ({ ...each, box: move(each.box) });
  return {
    element: graph.element,
    kind: graph.kind,
    name: graph.name,
    width: extent.width,
    height: extent.height,
    nodes: nodes.map((each) => ({
      ...each,
      box: move(each.box),
      label: each.label === null ? null : label(each.label),
      nameRow:
        each.nameRow === null
          ? null
          : { nameX: each.nameRow.nameX - extent.x, counterX: each.nameRow.counterX - extent.x },
    })),
    edges: edges.map((line) => ({ ...line, points: line.points.map(move), label: label(line.label) })),
  };
}

type NodeAt = { readonly node: GraphNode; readonly box: Box } | undefined;

/** The engine ends lines at boxes; circles and diamonds lie inside theirs. */
function trim(points: readonly Point[], source: NodeAt, target: NodeAt): readonly Point[] {
  if (points.length < 2) return points;
  const result = [...points];
  const last = result.length - 1;
  result[0] = outlinePoint(result[0] as Point, result[1] as Point, source);
  result[last] = outlinePoint(result[last] as Point, result[last - 1] as Point, target);
  return result;
}

/** Prolongs the line that comes from `before` and ends at `end` to the outline of the shape. */
function outlinePoint(end: Point, before: Point, at: NodeAt): Point {
  if (at === undefined) return end;
  const { node, box } = at;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const r = box.width / 2;
  const inside = (offset: number): number => {
    if (node.shape === 'choice') return Math.max(0, r - Math.abs(offset));
    return Math.sqrt(Math.max(0, r * r - offset * offset));
  };
  if (node.shape === 'cube') return cubePoint(end, box);
  if (!('label' in node) || node.shape === 'fork' || node.shape === 'join') return end;
  if (Math.abs(end.x - before.x) < 0.5) {
    const side = before.y < end.y ? -1 : 1;
    return { x: end.x, y: centre.y + side * inside(end.x - centre.x) };
  }
  const side = before.x < end.x ? -1 : 1;
  return { x: centre.x + side * inside(end.y - centre.y), y: end.y };
}

/** A cube's front is lower and further left than its box: lines end at the outline of the body. */
function cubePoint(end: Point, box: Box): Point {
  const { depth } = metrics.cube;
  const right = box.x + box.width;
  if (Math.abs(end.x - right) < 1 && end.y > box.y + box.height - depth) {
    return { x: right - (end.y - (box.y + box.height - depth)), y: end.y };
  }
  if (Math.abs(end.x - box.x) < 1 && end.y < box.y + depth) return { x: box.x + depth - (end.y - box.y), y: end.y };
  if (Math.abs(end.y - box.y) < 1 && end.x < box.x + depth) return { x: end.x, y: box.y + depth - (end.x - box.x) };
  return end;
}

function pseudostateLabel(id: string, shape: string, size: { width: number; height: number }, box: Box): FloatingLabel {
  const { width, height } = size;
  const middle = box.x + box.width / 2 - width / 2;
  const centre = box.y + box.height / 2 - height / 2;
  const right = { x: box.x + box.width + 6, y: centre, align: 'start' } as const;
  const left = { x: box.x - 6 - width, y: centre, align: 'end' } as const;
  const below = { x: middle, y: box.y + box.height + 5, align: 'middle' } as const;
  const above = { x: middle, y: box.y - 5 - height, align: 'middle' } as const;
  const quarter = box.height / 4;
  const corners = [
    { x: box.x - width + quarter, y: box.y + box.height - quarter, align: 'end' },
    { x: box.x + box.width - quarter, y: box.y + box.height - quarter, align: 'start' },
    { x: box.x - width + quarter, y: box.y - height + quarter, align: 'end' },
    { x: box.x + box.width - quarter, y: box.y - height + quarter, align: 'start' },
  ] as const;
  const candidates = shape === 'final' ? [below, right, left, above] : [left, right, ...corners, below, above];
  return { id, width, height, candidates };
}

function lineLabel(edge: GraphEdge, points: readonly Point[], engine: Point | null): FloatingLabel {
  const { width, height } = edge.label;
  const candidates: FloatingLabel['candidates'][number][] = [];
  if (engine !== null) candidates.push(hugging(engine, width, height, points));
  const segments = points.slice(1).map((to, index) => ({ from: points[index] as Point, to }));
  const length = (segment: { from: Point; to: Point }): number =>
    Math.abs(segment.to.x - segment.from.x) + Math.abs(segment.to.y - segment.from.y);
  for (const { from, to } of segments.toSorted((a, b) => length(b) - length(a))) {
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const x = from.x + (to.x - from.x) * share;
      const y = from.y + (to.y - from.y) * share;
      if (Math.abs(from.x - to.x) < 0.5) {
        candidates.push({ x: x + metrics.beside, y: y - height / 2, align: 'start' });
        candidates.push({ x: x - metrics.beside - width, y: y - height / 2, align: 'end' });
      } else {
        candidates.push({ x: x - width / 2, y: y - metrics.above - height, align: 'middle' });
        candidates.push({ x: x - width / 2, y: y + metrics.above, align: 'middle' });
      }
    }
  }
  return { id: edge.id, width, height, candidates };
}

/** The engine's own place, with the text at the side where the line runs. */
function hugging(
  at: Point,
  width: number,
  height: number,
  points: readonly Point[],
): Point & { align: PlacedLabel['align'] } {
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const vertical = Math.abs(a.x - b.x) < 0.5;
    if (!vertical || at.y + height < Math.min(a.y, b.y) || at.y > Math.max(a.y, b.y)) continue;
    if (a.x <= at.x && at.x - a.x < 16) return { x: a.x + metrics.beside, y: at.y, align: 'start' };
    if (a.x >= at.x + width && a.x - at.x - width < 16)
      return { x: a.x - metrics.beside - width, y: at.y, align: 'end' };
  }
  return { ...at, align: 'middle' };
}
