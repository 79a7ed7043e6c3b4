/**
 * A machine as a graph of what follows what: nesting is resolved into edges, so that visits can be counted along them. Knows
 * no chances; those are put on the edges by whoever counts.
 */
import type { ElementId, Machine, Region, State, Transition, Vertex } from '../../model/index.ts';

/** One way from a vertex; a transition into a nested vertex enters the states around it, and their other regions, too. */
export interface Step {
  readonly transition: Transition;
  readonly targets: readonly ElementId[];
}

export interface MachineGraph {
  readonly vertices: ReadonlyMap<ElementId, Vertex>;
  readonly steps: ReadonlyMap<ElementId, readonly Step[]>;
  /** Where an instance begins. */
  readonly begins: readonly ElementId[];
  /** The states around a vertex, the innermost first. */
  around(vertex: ElementId): readonly State[];
  /** The regions of a state with the final states right in them. */
  readonly finals: ReadonlyMap<ElementId, readonly (readonly ElementId[])[]>;
  isCyclic(vertex: ElementId): boolean;
}

/** The machine is resolved: nothing inherited or referred to is missing. */
export function graphOf(machine: Machine): MachineGraph {
  const vertices = new Map<ElementId, Vertex>();
  const parents = new Map<ElementId, { readonly state: State | undefined; readonly region: Region }>();
  const leaving = new Map<ElementId, Transition[]>();
  const finals = new Map<ElementId, readonly (readonly ElementId[])[]>();
  const add = (region: Region, state: State | undefined): void => {
    for (const vertex of region.vertices) {
      vertices.set(vertex.id, vertex);
      parents.set(vertex.id, { state, region });
      if (vertex.kind !== 'state') continue;
      for (const point of vertex.connectionPoints) {
        vertices.set(point.id, point);
        parents.set(point.id, { state, region });
      }
      finals.set(
        vertex.id,
        vertex.regions.map((inner) => inner.vertices.filter(({ kind }) => kind === 'final').map(({ id }) => id)),
      );
      for (const inner of vertex.regions) add(inner, vertex);
    }
    for (const transition of region.transitions) {
      const same = leaving.get(transition.source);
      if (same === undefined) leaving.set(transition.source, [transition]);
      else same.push(transition);
    }
  };
  for (const region of machine.regions) add(region, undefined);

  const around = (vertex: ElementId): State[] => {
    const states: State[] = [];
    for (let state = parents.get(vertex)?.state; state !== undefined; state = parents.get(state.id)?.state)
      states.push(state);
    return states;
  };
  const targetsOf = ({ source, target }: Transition): ElementId[] => {
    if (target === undefined) return [];
    const left = new Set([source, ...around(source).map(({ id }) => id)]);
    const vertex = vertices.get(target);
    const targets = [target, ...(vertex?.kind === 'state' ? vertex.regions.flatMap(initialOf) : [])];
    let inside = parents.get(target)?.region;
    for (const state of around(target)) {
      if (left.has(state.id)) break;
      targets.push(state.id, ...state.regions.filter((region) => region !== inside).flatMap(initialOf));
      inside = parents.get(state.id)?.region;
    }
    return targets;
  };
  const steps = new Map(
    [...leaving].map(([source, transitions]) => [
      source,
      transitions.map((transition) => ({ transition, targets: targetsOf(transition) })),
    ]),
  );
  const next = (vertex: ElementId): ElementId[] => {
    const own = (steps.get(vertex) ?? []).flatMap(({ targets }) => targets);
    // What ends inside may complete the state around.
    const state = vertices.get(vertex)?.kind === 'final' ? parents.get(vertex)?.state : undefined;
    return state === undefined ? own : [...own, state.id];
  };
  return {
    vertices,
    steps,
    begins: machine.regions.flatMap(initialOf),
    around,
    finals,
    isCyclic: (vertex) => reachedFrom(next(vertex), next).has(vertex),
  };
}

function initialOf(region: Region): ElementId[] {
  return region.vertices.filter(({ kind }) => kind === 'initial').map(({ id }) => id);
}

/** Everything that can follow. */
export function reachedFrom(
  vertices: readonly ElementId[],
  next: (vertex: ElementId) => readonly ElementId[],
): ReadonlySet<ElementId> {
  const reached = new Set(vertices);
  for (const vertex of reached) for (const target of next(vertex)) reached.add(target);
  return reached;
}
