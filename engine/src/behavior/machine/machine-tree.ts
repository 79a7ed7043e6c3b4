/** The nesting of a machine as numbers: vertices, transitions, regions and strands. Knows nothing of behaviours. */
import type { ElementId, Machine, Region, Transition } from '../../model/index.ts';
import { flag, type Vertex } from './compiled-machine.ts';

/** A region of the tree: whose it is, and the strand it belongs to. */
interface RegionNode {
  readonly region: Region;
  /** The state around, or -1. */
  readonly owner: number;
  readonly strand: number;
  readonly initial: number;
}

export interface MachineTree {
  readonly vertices: readonly Vertex[];
  readonly transitions: readonly Transition[];
  readonly vertexIndex: ReadonlyMap<ElementId, number>;
  readonly transitionIndex: ReadonlyMap<ElementId, number>;
  readonly regions: readonly RegionNode[];
  /** By vertex: its region, its strand, the states around it, the last vertex inside. */
  readonly regionOf: readonly number[];
  readonly regionsOf: readonly (readonly number[])[];
  readonly rootRegions: readonly number[];
  readonly strandOf: Int32Array;
  readonly parent: Int32Array;
  readonly parentInStrand: Int32Array;
  readonly last: Int32Array;
  readonly strandCount: number;
  readonly strandParent: Int32Array;
  /** By source vertex, in the order of the text. */
  readonly outgoing: readonly (readonly number[])[];
}

export function machineTree(machine: Machine): MachineTree {
  const vertices: Vertex[] = [];
  const transitions: Transition[] = [];
  const regions: RegionNode[] = [];
  const regionOf: number[] = [];
  const regionsOf: number[][] = [];
  const last: number[] = [];
  const strandParents: number[] = [];

  function addRegions(list: readonly Region[], owner: number, strandAround: number): number[] {
    const ownStrands = owner < 0 || list.length > 1;
    return list.map((region) => {
      const strand = ownStrands ? strandParents.push(strandAround) - 1 : strandAround;
      const index = regions.push({ region, owner, strand, initial: -1 }) - 1;
      let initial = -1;
      for (const vertex of region.vertices) {
        const v = vertices.push(vertex) - 1;
        if (vertex.kind === 'initial' && initial < 0) initial = v;
        regionOf[v] = index;
        regionsOf[v] = [];
        if (vertex.kind === 'state') regionsOf[v] = addRegions(vertex.regions, v, strand);
        last[v] = vertices.length - 1;
      }
      transitions.push(...region.transitions);
      regions[index] = { region, owner, strand, initial };
      return index;
    });
  }

  const rootRegions = addRegions(machine.regions, -1, -1);
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
  return {
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
    strandCount: strandParents.length,
    strandParent: Int32Array.from(strandParents),
    outgoing,
  };
}

export function contains(tree: MachineTree, outer: number, inner: number): boolean {
  return outer <= inner && inner <= tree.last[outer]!;
}

export function flagsOf(tree: MachineTree): Uint8Array {
  return Uint8Array.from(tree.vertices, (vertex, v) => {
    if (vertex.kind === 'final') return flag.final;
    if (vertex.kind !== 'state') return 0;
    let flags: number = flag.state;
    const triggers = tree.outgoing[v]!.map((t) => tree.transitions[t]!.trigger.kind);
    if (vertex.regions.length > 1) flags |= flag.orthogonal;
    if (triggers.includes('completion')) flags |= flag.completes;
    if (vertex.regions.length > 0 || vertex.activity !== undefined) flags |= flag.lasts;
    if (vertex.activity !== undefined || triggers.includes('time') || triggers.includes('change')) {
      flags |= flag.watches;
    }
    return flags;
  });
}
