/** Diagram graph ↔ the layout engine's own graph. The only file that knows the engine's options. */
import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Box, Point } from './geometry.ts';
import { childrenOf, type DiagramGraph, type GraphEdge, type GraphNode } from './graph.ts';

/** Where everything lies, by the ids of the graph, in one system of coordinates. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly nodes: Readonly<Record<string, Box>>;
  readonly edges: Readonly<Record<string, PlacedEdge>>;
}

export interface PlacedEdge {
  readonly points: readonly Point[];
  /** Top left corner of the label, as far as the engine placed it. */
  readonly label: Point | null;
}

const spacing: LayoutOptions = {
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '6',
  'elk.spacing.labelNode': '6',
  'elk.spacing.nodeSelfLoop': '16',
  'elk.layered.spacing.nodeNodeBetweenLayers': '9',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
};

const rootOptions: LayoutOptions = {
  ...spacing,
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'false',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
  'elk.randomSeed': '1',
};

/** The order of the text decides what comes first, in cycles too. */
const modelOrder: LayoutOptions = {
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
};

/** The layers cut and set side by side, as lines of a text are. */
const wrapping: LayoutOptions = { 'elk.layered.wrapping.strategy': 'MULTI_EDGE', 'elk.aspectRatio': '1.4' };

/**
 * `other`: what runs down is wrapped, what runs to the right is turned down; for rooms into which the first does not fit.
 * `plain`: without regard to the order of the text, with which the engine fails on some nestings (0.12.1).
 */
export type Variant = 'first' | 'other' | 'plain';

export function toElk(graph: DiagramGraph, variant: Variant = 'first'): ElkNode {
  const turned = graph.direction === 'RIGHT' && variant === 'other';
  const direction = turned ? 'DOWN' : graph.direction;
  return {
    id: 'root',
    layoutOptions: {
      ...rootOptions,
      ...(variant === 'plain' ? {} : modelOrder),
      ...(variant === 'other' && !turned ? wrapping : {}),
      'elk.direction': direction,
      // "Up" is seen along the line: right of a line that runs down, above one that runs right.
      'elk.layered.edgeLabels.sideSelection': direction === 'DOWN' ? 'ALWAYS_UP' : 'ALWAYS_DOWN',
    },
    children: graph.nodes.map(toElkNode),
    edges: graph.edges.map(toElkEdge),
  };
}

function toElkNode(node: GraphNode): ElkNode {
  const children = childrenOf(node).map(toElkNode);
  const base: ElkNode = { id: node.id, ...node.size };
  if (node.shape === 'state' && children.length > 0) {
    const padding = `[top=${node.header + 12},left=16,bottom=16,right=16]`;
    const least = `(${node.size.width},${node.size.height})`;
    return { ...base, children, layoutOptions: { ...spacing, ...leastSize(least), 'elk.padding': padding } };
  }
  if (node.shape === 'region') {
    const least = `(${node.size.width},${node.size.height})`;
    return {
      ...base,
      children,
      layoutOptions: { ...spacing, ...leastSize(least), 'elk.padding': '[top=28,left=14,bottom=12,right=14]' },
    };
  }
  if (node.shape === 'final' && node.label.width > 0) {
    const label = {
      text: node.name,
      ...node.label,
      layoutOptions: { 'elk.nodeLabels.placement': 'OUTSIDE V_BOTTOM H_CENTER' },
    };
    return { ...base, labels: [label] };
  }
  return base;
}

function leastSize(least: string): LayoutOptions {
  return { 'elk.nodeSize.constraints': 'MINIMUM_SIZE', 'elk.nodeSize.minimum': least };
}

function toElkEdge(edge: GraphEdge): ElkExtendedEdge {
  const { width, height } = edge.label;
  if (width === 0) return { id: edge.id, sources: [edge.source], targets: [edge.target] };
  return {
    id: edge.id,
    sources: [edge.source],
    targets: [edge.target],
    labels: [
      { id: `${edge.id}/label`, text: 'label', width, height, layoutOptions: { 'elk.edgeLabels.placement': 'CENTER' } },
    ],
  };
}

export function fromElk(root: ElkNode): Placement {
  const nodes: Record<string, Box> = {};
  const edges: Record<string, PlacedEdge> = {};
  const visit = (node: ElkNode): void => {
    for (const child of node.children ?? []) {
      nodes[child.id] = { x: child.x ?? 0, y: child.y ?? 0, width: child.width ?? 0, height: child.height ?? 0 };
      visit(child);
    }
    for (const edge of node.edges ?? []) edges[edge.id] = placedEdge(edge);
  };
  visit(root);
  return { width: root.width ?? 0, height: root.height ?? 0, nodes, edges };
}

function placedEdge(edge: ElkExtendedEdge): PlacedEdge {
  const section = edge.sections?.[0];
  const points = section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  const label = edge.labels?.[0];
  return {
    points: points.map(({ x, y }) => ({ x, y })),
    label: label?.x === undefined || label.y === undefined ? null : { x: label.x, y: label.y },
  };
}
