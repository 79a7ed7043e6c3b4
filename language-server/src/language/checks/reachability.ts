/** Every vertex can be reached by some path of transitions, whatever guards say. */
import type { ElementId, Machine, Region, Vertex } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

interface Placed {
  readonly vertex: Vertex;
  readonly region: Region;
  readonly owner: Placed | undefined;
}

/** A region that lacks its initial pseudostate has a finding of its own; here it may begin anywhere. */
export function checkReachability(machine: Machine, report: Report): void {
  // What a base machine declares leads to states here too.
  if (machine.extends !== undefined || machine.regions.some(hasUnknownTarget)) return;
  const placed = new Map<ElementId, Placed>();
  for (const region of machine.regions) place(region, undefined, placed);
  const reached = new Set<ElementId>();
  const open: Placed[] = [];
  const reach = (item: Placed | undefined) => {
    if (item === undefined || reached.has(item.vertex.id)) return;
    reached.add(item.vertex.id);
    open.push(item);
  };
  const targets = new Set([...placed.values()].flatMap(({ region }) => region.transitions.map(({ target }) => target)));
  const begin = (region: Region, isDefault: boolean) => {
    const initial = region.vertices.find(isInitial);
    if (initial !== undefined) reach(placed.get(initial.id));
    else if (isDefault) for (const vertex of region.vertices) reach(placed.get(vertex.id));
  };
  for (const region of machine.regions) begin(region, true);
  const [outermost] = machine.regions;
  if (outermost !== undefined) {
    for (const vertex of machine.connectionPoints) {
      const item = { vertex, region: outermost, owner: undefined };
      placed.set(vertex.id, item);
      if (vertex.kind === 'entry-point') reach(item);
    }
  }
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { vertex, region, owner } = item;
    reach(owner);
    if (vertex.kind === 'state') for (const inner of vertex.regions) begin(inner, targets.has(vertex.id));
    for (const transition of region.transitions) {
      if (transition.source === vertex.id) reach(placed.get(transition.target ?? ''));
    }
    if (vertex.kind === 'state')
      for (const exit of vertex.submachine?.exits ?? []) reach(placed.get(exit.target.vertex));
  }
  for (const { vertex, owner } of placed.values()) {
    const isInsideUnreached = owner !== undefined && !reached.has(owner.vertex.id);
    if (reached.has(vertex.id) || isInsideUnreached || vertex.kind === 'initial') continue;
    const message = `Nothing leads to \`${vertex.name}\`. Add a transition to it, or remove it.`;
    report('unreachable', vertex.label, message);
  }
}

function place(region: Region, owner: Placed | undefined, placed: Map<ElementId, Placed>): void {
  for (const vertex of region.vertices) {
    const item: Placed = { vertex, region, owner };
    placed.set(vertex.id, item);
    if (vertex.kind !== 'state') continue;
    for (const point of vertex.connectionPoints) placed.set(point.id, { vertex: point, region, owner: item });
    for (const inner of vertex.regions) place(inner, item, placed);
  }
}

/** A target that does not exist may have been meant for any vertex. */
function hasUnknownTarget(region: Region): boolean {
  const isUnknown = region.transitions.some(({ sort, target }) => sort !== 'internal' && target === undefined);
  return (
    isUnknown || region.vertices.some((vertex) => vertex.kind === 'state' && vertex.regions.some(hasUnknownTarget))
  );
}

function isInitial(vertex: Vertex): boolean {
  return vertex.kind === 'initial';
}
