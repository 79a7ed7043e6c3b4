/** How many node instances and replicas a run would have to keep, before any is made. Knows of numbers only, not of places. */
import type { Deployment } from '../model/index.ts';
import type { Room } from './changes/room.ts';

/** Those that may come while it runs included. */
export function replicasToHold({ nodes, spreads }: Deployment, room: Room): number {
  let held = 0;
  for (const { id, count, deploys } of nodes) {
    const instances = count + (room.nodes.get(id) ?? 0);
    held += instances * deploys.reduce((sum, { replicas }) => sum + replicas, 1);
  }
  for (const { replicas } of spreads) held += replicas;
  for (const further of room.replicas.values()) held += further;
  return held;
}
