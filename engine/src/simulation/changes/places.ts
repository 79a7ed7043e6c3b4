/** What an element of a deployment stands for in a run: its node instances and replicas, by their numbers. */
import type { Deployment, ElementId } from '../../model/index.ts';
import type { Layout } from '../layout.ts';

/** Node instances of a kind of node, one of them by its number from 1, or of a zone and all in it. */
export function nodesOf(
  layout: Layout,
  deployment: Deployment | undefined,
  element: ElementId,
  index?: number,
): number[] {
  const kinds = new Set(
    deployment?.nodes.flatMap(({ id, zone }, kind) =>
      id === element || isWithin(deployment, zone, element) ? [kind] : [],
    ),
  );
  const nodes = [...layout.kindOfNode.keys()].filter((node) => kinds.has(layout.kindOfNode[node]!));
  return index === undefined ? nodes : nodes.slice(index - 1, index);
}

function isWithin({ zones }: Deployment, zone: ElementId | undefined, outer: ElementId): boolean {
  let at = zone;
  // Zones do not nest in a circle, but a broken model may say so.
  for (let depth = 0; at !== undefined && depth <= zones.length; depth++) {
    if (at === outer) return true;
    at = zones.find(({ id }) => id === at)?.within;
  }
  return false;
}

/** `Orders`, `Orders[2]`. */
export function nameOf(element: ElementId, index?: number): string {
  const name = element.slice(element.lastIndexOf('.') + 1);
  return index === undefined ? name : `${name}[${index}]`;
}
