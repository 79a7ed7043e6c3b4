/**
 * A diagram before layout: nodes with their sizes, edges with their labels. Sizes hold room for the figures of an overlay,
 * so that no overlay ever asks for another layout.
 */
import type { ElementId, Pseudostate } from '@pollux/engine/model';
import type { Size } from './geometry.ts';

export interface DiagramGraph {
  /** The machine, activity or deployment. */
  readonly element: ElementId;
  readonly kind: 'machine' | 'activity' | 'deployment';
  readonly name: string;
  readonly direction: 'DOWN' | 'RIGHT';
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export type GraphNode = StateNode | RegionNode | PseudostateNode | CubeNode | ExternalNode | ResourcesNode;

interface NodeBase {
  readonly id: string;
  readonly element: ElementId;
  readonly size: Size;
}

/** `size` is the least size where there are children. */
export interface StateNode extends NodeBase {
  readonly shape: 'state';
  /** Of a node of an activity; absent: a state. */
  readonly form?: 'action' | 'send' | 'accept' | 'buffer' | 'structured' | 'interruptible';
  readonly name: string;
  readonly lines: readonly CompartmentLine[];
  readonly children: readonly GraphNode[];
  /** Height of name and compartments, above the children. */
  readonly header: number;
  /** What the name and the counter need of the name's row. */
  readonly nameRow: { readonly name: number; readonly counter: number };
}

/** A line of the compartment; internal transitions are elements of their own. */
export interface CompartmentLine {
  readonly element: ElementId;
  readonly text: string;
}

interface RegionNode extends NodeBase {
  readonly shape: 'region';
  readonly name: string;
  readonly children: readonly GraphNode[];
}

export interface PseudostateNode extends NodeBase {
  readonly shape: Pseudostate['kind'] | 'final';
  /** What it is called where it is no part of a machine. */
  readonly word?: string;
  readonly name: string;
  /** Room for the name and one line of figures; zero where there is no name to show. */
  readonly label: Size;
}

export interface CubeNode extends NodeBase {
  readonly shape: 'cube';
  /** `app × 2`. */
  readonly name: string;
  readonly cores: number | null;
  readonly components: readonly ComponentLine[];
}

interface ComponentLine {
  readonly element: ElementId;
  readonly component: ElementId;
  readonly text: string;
}

export interface ExternalNode extends NodeBase {
  readonly shape: 'external';
  readonly name: string;
}

/** What the actions of an activity hold, as a table. */
export interface ResourcesNode extends NodeBase {
  readonly shape: 'resources';
  readonly rows: readonly { readonly element: ElementId; readonly text: string }[];
}

export interface GraphEdge {
  readonly id: string;
  readonly element: ElementId;
  readonly source: string;
  readonly target: string;
  readonly label: EdgeLabel;
}

export interface EdgeLabel extends Size {
  readonly lines: readonly string[];
}

/** Every node, parents before children. */
export function* allNodes(nodes: readonly GraphNode[]): Generator<GraphNode> {
  for (const node of nodes) {
    yield node;
    yield* allNodes(childrenOf(node));
  }
}

export function childrenOf(node: GraphNode): readonly GraphNode[] {
  return node.shape === 'state' || node.shape === 'region' ? node.children : [];
}
