/**
 * What histories look back at: one memory for each region with a shallow history, and for each region at or inside one with
 * a deep history, of the vertex that was active in it when it was last left.
 */
import type { MachineTree } from './machine-tree.ts';

export interface Histories {
  readonly count: number;
  /** The memory of a region, or of the region a state or final state lies in; -1 where there is none. */
  readonly slotOfRegion: Int32Array;
  readonly slotOfVertex: Int32Array;
}

export function historiesOf(tree: MachineTree): Histories {
  const slotOfRegion = new Int32Array(tree.regions.length).fill(-1);
  let count = 0;
  function remember(region: number, isDeep: boolean): void {
    if (slotOfRegion[region]! < 0) slotOfRegion[region] = count++;
    if (!isDeep) return;
    tree.regions.forEach(({ owner }, inner) => {
      if (owner >= 0 && tree.regionOf[owner] === region) remember(inner, true);
    });
  }
  tree.vertices.forEach(({ kind }, v) => {
    if (kind === 'shallow-history' || kind === 'deep-history') remember(tree.regionOf[v]!, kind === 'deep-history');
  });
  return {
    count,
    slotOfRegion,
    slotOfVertex: Int32Array.from(tree.vertices, (vertex, v) =>
      vertex.kind === 'state' || vertex.kind === 'final' ? slotOfRegion[tree.regionOf[v]!]! : -1,
    ),
  };
}
