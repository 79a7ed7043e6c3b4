/** The nesting of a machine as numbers: vertices, transitions, regions and strands. Knows nothing of behaviours. */
import type { ElementId, Machine, Pseudostate, Region, Transition } from '../../model/index.ts';
import type { Vertex } from './compiled-machine.ts';

/** A region of the tree: whose it is, and the strand it belongs to. */
interface RegionNode {
  readonly region: Region;
  /** The state around, or -1. */
  readonly owner: number;
  readonly strand: number;
  readonly initial: number;
}

/** A join, or an exit point that acts as one: it is passed when each of these regions of a state has come to it. */
export interface JoinNode {
  readonly owner: number;
  readonly regions: readonly number[];
}

/** The border of the machine itself, as the owner of a connection point. */
export const MACHINE = -2;

export interface MachineTree {
  readonly vertices: readonly Vertex[];
  readonly transitions: readonly Transition[];
  readonly vertexIndex: ReadonlyMap<ElementId, number>;
  readonly transitionIndex: ReadonlyMap<ElementId, number>;
  readonly regions: readonly RegionNode[];
  /** By vertex: its region (of a connection point: the region of its state), its strand, the states around it, the last vertex inside. */
  readonly regionOf: readonly number[];
  readonly regionsOf: readonly (readonly number[])[];
  readonly rootRegions: readonly number[];
  readonly strandOf: Int32Array;
  readonly parent: Int32Array;
  readonly parentInStrand: Int32Array;
  readonly last: Int32Array;
  /** By vertex: the state, or `MACHINE`, on whose border an entry or exit point lies; -1 for all other vertices. */
  readonly border: readonly number[];
  readonly strandCount: number;
  readonly strandParent: Int32Array;
  /** By source vertex, in the order of the text. */
  readonly outgoing: readonly (readonly number[])[];
  readonly joins: ReadonlyMap<number, JoinNode>;
}

export function machineTree(machine: Machine): MachineTree {
  const vertices: Vertex[] = [];
  const transitions: Transition[] = [];
  const regions: RegionNode[] = [];
  const regionOf: number[] = [];
  const regionsOf: number[][] = [];
  const last: number[] = [];
  const border: number[] = [];
  const strandParents: number[] = [];

  function add(vertex: Vertex, region: number, owner: number): number {
    const v = vertices.push(vertex) - 1;
    regionOf[v] = region;
    regionsOf[v] = [];
    last[v] = v;
    border[v] = owner;
    return v;
  }

  function addPoints(points: readonly Pseudostate[], region: number, owner: number): void {
    for (const point of points) add(point, region, owner);
  }

  function addRegions(list: readonly Region[], owner: number, strandAround: number): number[] {
    const ownStrands = owner < 0 || list.length > 1;
    return list.map((region) => {
      const strand = ownStrands ? strandParents.push(strandAround) - 1 : strandAround;
      const index = regions.push({ region, owner, strand, initial: -1 }) - 1;
      let initial = -1;
      for (const vertex of region.vertices) {
        const v = add(vertex, index, -1);
        if (vertex.kind === 'initial' && initial < 0) initial = v;
        if (vertex.kind !== 'state') continue;
        regionsOf[v] = addRegions(vertex.regions, v, strand);
        last[v] = vertices.length - 1;
        addPoints(vertex.connectionPoints, index, v);
      }
      transitions.push(...region.transitions);
      regions[index] = { region, owner, strand, initial };
      return index;
    });
  }

  const rootRegions = addRegions(machine.regions, -1, -1);
  if (rootRegions.length > 0) addPoints(machine.connectionPoints, rootRegions[0]!, MACHINE);
  const vertexIndex = new Map(vertices.map((vertex, index) => [vertex.id, index]));
  const outgoing: number[][] = vertices.map(() => []);
  transitions.forEach((transition, index) => {
    const source = vertexIndex.get(transition.source);
    if (source !== undefined) outgoing[source]?.push(index);
  });
  const nodeOf = (vertex: number): RegionNode => regions[regionOf[vertex]!]!;
  const strandOf = Int32Array.from(vertices, (_, v) => nodeOf(v).strand);
  const parent = Int32Array.from(vertices, (_, v) => nodeOf(v).owner);
  const parentInStrand = parent.map((owner, v) => (owner >= 0 && strandOf[owner] === strandOf[v] ? owner : -1));
  const tree = {
    vertices,
    transitions,
    vertexIndex,
    transitionIndex: new Map(transitions.map((transition, index) => [transition.id, index])),
    regions,
    regionOf,
    regionsOf,
    rootRegions,
    strandOf,
    parent,
    parentInStrand,
    last: Int32Array.from(last),
    border,
    strandCount: strandParents.length,
    strandParent: Int32Array.from(strandParents),
    outgoing,
  };
  return { ...tree, joins: joinsOf(tree) };
}

type TreeWithoutJoins = Omit<MachineTree, 'joins'>;

export function contains(tree: TreeWithoutJoins, outer: number, inner: number): boolean {
  return outer <= inner && inner <= tree.last[outer]!;
}

/** The regions that a vertex lies in, innermost first. */
export function regionsAround(tree: TreeWithoutJoins, vertex: number): readonly number[] {
  const regions: number[] = [];
  for (let v = vertex; v >= 0; v = tree.parent[v]!) regions.push(tree.regionOf[v]!);
  return regions;
}

/** The region of a state that a vertex lies in, or -1. */
export function regionWithin(tree: TreeWithoutJoins, state: number, vertex: number): number {
  return regionsAround(tree, vertex).find((region) => tree.regions[region]!.owner === state) ?? -1;
}

/** The vertex that a transition leads to; -1 where it is internal or leads nowhere. */
export function targetOf(tree: TreeWithoutJoins, transition: number): number {
  const t = tree.transitions[transition]!;
  if (t.sort === 'internal' || t.target === undefined) return -1;
  return tree.vertexIndex.get(t.target) ?? -1;
}

/** The state in whose orthogonal regions two vertices lie, each in another; -1 where they could not be active together. */
export function orthogonalOwner(tree: TreeWithoutJoins, a: number, b: number): number {
  return meeting(tree, [a, b])?.owner ?? -1;
}

function joinsOf(tree: TreeWithoutJoins): Map<number, JoinNode> {
  const joins = new Map<number, JoinNode>();
  tree.vertices.forEach((vertex, v) => {
    if (vertex.kind !== 'join' && vertex.kind !== 'exit-point') return;
    const sources = tree.transitions.flatMap((transition, t) => {
      const source = tree.vertexIndex.get(transition.source) ?? -1;
      const isInside = vertex.kind === 'join' || contains(tree, tree.border[v]!, source);
      return source >= 0 && isInside && targetOf(tree, t) === v ? [source] : [];
    });
    const node = meeting(tree, sources);
    if (node !== null) joins.set(v, node);
  });
  return joins;
}

/** Where the ways from several sources meet: regions of one state; null where they all come from the same region. */
function meeting(tree: TreeWithoutJoins, sources: readonly number[]): JoinNode | null {
  const ways = sources.map((source) => regionsAround(tree, source).toReversed());
  const [first] = ways;
  if (first === undefined) return null;
  const fork = first.findIndex((region, depth) => ways.some((way) => way[depth] !== region));
  if (fork < 0) return null;
  const regions = [...new Set(ways.map((way) => way[fork] ?? -1))];
  const owner = tree.regions[first[fork]!]!.owner;
  const isOfOneState = regions.every((region) => region >= 0 && tree.regions[region]!.owner === owner);
  return owner >= 0 && isOfOneState ? { owner, regions } : null;
}
