/**
 * Puts each submachine in the place of the state that stands for it (UML 2.5.1, 14.2.3.4.7): its regions and connection
 * points become the state's, its parameters and variables get their values whenever the state is entered. Knows nothing of
 * how the result runs.
 */
import type { Action, Expression, Machine, Region, State, Transition, Variable } from '../../model/index.ts';
import { type Rename, renamed, renameUnder } from './rename-elements.ts';

/** The machine a state stands for, resolved itself; null where there is none, or where it would contain itself. */
type SubmachineOf = (state: State) => Machine | null;

export function inlineSubmachines(machine: Machine, submachineOf: SubmachineOf): Machine {
  const variables: Variable[] = [];
  const operations = [...machine.operations];
  /** By state: how the ids of its submachine are called in the place of the state. */
  const names = new Map<string, Rename>();

  function inlineRegion(region: Region): Region {
    const exits: Transition[] = [];
    const vertices = region.vertices.map((vertex) => {
      if (vertex.kind !== 'state') return vertex;
      const regions = vertex.regions.map(inlineRegion);
      const submachine = vertex.submachine === undefined ? null : submachineOf(vertex);
      return submachine === null ? { ...vertex, regions } : inlineState({ ...vertex, regions }, submachine, exits);
    });
    return { ...region, vertices, transitions: [...region.transitions, ...exits] };
  }

  function inlineState(state: State, submachine: Machine, exits: Transition[]): State {
    const rename = renameUnder(submachine, state.id);
    const inner = renamed(submachine, rename);
    names.set(state.id, rename);
    const slots = [...inner.parameters, ...inner.variables];
    variables.push(...slots.map(({ initial: _initial, ...variable }) => variable));
    operations.push(...submachine.operations);
    for (const { point, target, effect, kind: _kind, ...element } of state.submachine?.exits ?? []) {
      exits.push({
        ...element,
        kind: 'transition',
        sort: 'external',
        source: rename(point),
        target: target.vertex,
        ...(target.entryPoint === undefined ? {} : { entryPoint: target.entryPoint }),
        trigger: { kind: 'none' },
        isElse: false,
        effect,
      });
    }
    const connected = new Set(exits.map(({ source }) => source));
    const given = new Map(state.submachine?.arguments.map(({ parameter, value }) => [rename(parameter), value]));
    const values = slots.map((slot) => valueOnEntry(slot, given.get(slot.id) ?? slot.initial));
    const invariants = [...(state.invariants ?? []), ...(inner.invariants ?? [])];
    return {
      ...state,
      ...(invariants.length === 0 ? {} : { invariants }),
      entry: [...values, ...state.entry],
      regions: [...state.regions, ...inner.regions.map((region) => withoutWaysFrom(region, connected))],
      connectionPoints: [...state.connectionPoints, ...inner.connectionPoints],
    };
  }

  const regions = machine.regions.map(inlineRegion);
  return {
    ...machine,
    operations,
    variables: [...machine.variables, ...variables],
    regions: regions.map((region) => toEntryPoints(region, names)),
  };
}

/** Where an exit point leads in the machine itself holds only as long as the state does not say otherwise. */
function withoutWaysFrom(region: Region, points: ReadonlySet<string>): Region {
  return { ...region, transitions: region.transitions.filter(({ source }) => !points.has(source)) };
}

function valueOnEntry(slot: Variable, value: Expression | undefined): Action {
  const absent: Expression = { kind: 'literal', value: null, type: slot.type, place: slot.place };
  return { kind: 'assign', variable: slot.id, operator: '=', value: value ?? absent, place: (value ?? slot).place };
}

function toEntryPoints(region: Region, names: ReadonlyMap<string, Rename>): Region {
  return {
    ...region,
    vertices: region.vertices.map((vertex) =>
      vertex.kind === 'state'
        ? { ...vertex, regions: vertex.regions.map((inner) => toEntryPoints(inner, names)) }
        : vertex,
    ),
    transitions: region.transitions.map((transition) => {
      const { target, entryPoint, ...rest } = transition;
      if (target === undefined || entryPoint === undefined) return transition;
      return { ...rest, target: names.get(target)?.(entryPoint) ?? target };
    }),
  };
}
