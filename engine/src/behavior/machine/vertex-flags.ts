/** What a run has to know of each vertex at a glance, as bits. */
import { flag } from './compiled-machine.ts';
import type { MachineTree } from './machine-tree.ts';

/** `remembered`: by region, whether a history looks back at it. */
export function vertexFlags(tree: MachineTree, remembered: (region: number) => boolean): Uint8Array {
  return Uint8Array.from(tree.vertices, (vertex, v) => {
    const past =
      (vertex.kind === 'state' || vertex.kind === 'final') && remembered(tree.regionOf[v]!) ? flag.remembered : 0;
    if (vertex.kind === 'final') return flag.final | past;
    if (vertex.kind !== 'state') return 0;
    let flags = flag.state | past;
    const triggers = tree.outgoing[v]!.map((t) => tree.transitions[t]!.trigger.kind);
    if (vertex.regions.length > 1) flags |= flag.orthogonal;
    if (vertex.deferred.length > 0) flags |= flag.defers;
    if (triggers.includes('completion')) flags |= flag.completes;
    if (vertex.regions.length > 0 || vertex.activity !== undefined) flags |= flag.lasts;
    if (vertex.activity !== undefined || triggers.some((kind) => ['time', 'clock', 'change'].includes(kind))) {
      flags |= flag.watches;
    }
    return flags;
  });
}
