/** `Machine` → its compiled form: numbers the tree, works out the routes, compiles the behaviours. Done once a model. */
import type { Location, Scope } from '../../expressions/index.ts';
import type { ElementId, Machine, Model } from '../../model/index.ts';
import { compileRoutes, defaultTransition } from './compile-routes.ts';
import { type Change, type CompiledMachine, flag, type Timer } from './compiled-machine.ts';
import { exactCode, partialCode } from './machine-code.ts';
import { flagsOf, type MachineTree, machineTree } from './machine-tree.ts';

/** `null` where the model has no such machine. Signals are indexed as in `model.signals`, for all machines alike. */
export function compileMachine(model: Model, id: ElementId): CompiledMachine | null {
  const machine = model.machines.find((candidate) => candidate.id === id);
  return machine === undefined ? null : compile(model, machine);
}

function compile(model: Model, machine: Machine): CompiledMachine {
  const tree = machineTree(machine);
  const flags = flagsOf(tree);
  const { timers, changes } = watches(tree);
  const columns = numberColumns(model, tree, timers, changes);
  const routes = compileRoutes(tree, flags, columns.count, columns.completion, columns.listens);
  const variables = [...machine.parameters, ...machine.variables];
  const randomSources: ElementId[] = [];
  const choiceSource = Int32Array.from(tree.vertices, (vertex) =>
    vertex.kind === 'choice' || vertex.kind === 'junction' ? randomSources.push(vertex.id) - 1 : -1,
  );
  const parts = {
    tree,
    guards: routes.guards,
    routeTransition: routes.transition,
    timers,
    changes,
    variables,
    parameterCount: machine.parameters.length,
    scopeOf: scopes(model, machine, tree, randomSources),
  };
  const pick = (list: readonly { readonly vertex: number }[]): Int32Array[] =>
    tree.vertices.map((_, v) => Int32Array.from(list.flatMap((item, index) => (item.vertex === v ? [index] : []))));
  return {
    id: machine.id,
    place: machine.label,
    machine,
    signals: model.signals,
    vertices: tree.vertices,
    transitions: tree.transitions,
    variables,
    parameterCount: machine.parameters.length,
    vertexIndex: tree.vertexIndex,
    transitionIndex: tree.transitionIndex,
    flags,
    strandOf: tree.strandOf,
    parentInStrand: tree.parentInStrand,
    parent: tree.parent,
    last: tree.last,
    childStrands: tree.vertices.map((_, v) =>
      Int32Array.from((flags[v]! & flag.orthogonal ? tree.regionsOf[v]! : []).map((r) => tree.regions[r]!.strand)),
    ),
    timersOf: pick(timers),
    changesOf: pick(changes),
    branches: routes.branches,
    strandCount: tree.strandCount,
    rootStrands: Int32Array.from(tree.rootRegions, (r) => tree.regions[r]!.strand),
    strandParent: tree.strandParent,
    strandBegins: strandBegins(tree),
    columns: columns.count,
    columnOfSignal: columns.ofSignal,
    otherColumn: columns.other,
    timerColumn: columns.timer,
    changeColumn: columns.change,
    completionColumn: columns.completion,
    cells: routes.cells,
    routeLists: Int32Array.from(routes.lists),
    routeTransition: Int32Array.from(routes.transition),
    routeScope: Int32Array.from(routes.scope),
    routeProgram: Int32Array.from(routes.start),
    program: Int32Array.from(routes.program),
    startProgram: routes.startProgram,
    timers,
    changes,
    exact: exactCode(parts),
    partial: partialCode(parts),
    randomSources,
    choiceSource,
  };
}

function watches(tree: MachineTree): { timers: readonly Timer[]; changes: readonly Change[] } {
  const timers: Timer[] = [];
  const changes: Change[] = [];
  tree.vertices.forEach((state, vertex) => {
    if (state.kind !== 'state') return;
    if (state.activity !== undefined) timers.push({ vertex, transition: -1, delay: state.activity.takes });
    for (const transition of tree.outgoing[vertex]!) {
      const { trigger } = tree.transitions[transition]!;
      if (trigger.kind === 'time') timers.push({ vertex, transition, delay: trigger.delay });
      if (trigger.kind === 'change') changes.push({ vertex, transition });
    }
  });
  return { timers, changes };
}

/** A strand begins with its outermost region: the first that the numbering gave it. */
function strandBegins(tree: MachineTree): Uint8Array {
  const begins = new Uint8Array(tree.strandCount);
  const seen = new Set<number>();
  tree.regions.forEach(({ strand }, region) => {
    if (!seen.has(strand)) begins[strand] = defaultTransition(tree, region) >= 0 ? 1 : 0;
    seen.add(strand);
  });
  return begins;
}

function numberColumns(model: Model, tree: MachineTree, timers: readonly Timer[], changes: readonly Change[]) {
  const named = new Set(tree.transitions.flatMap(({ trigger }) => (trigger.kind === 'signal' ? trigger.signals : [])));
  const signals = model.signals.filter((signal) => named.has(signal.id));
  const columnOf = new Map(signals.map((signal, column) => [signal.id, column]));
  const other = signals.length;
  const timer = other + 1;
  const change = timer + timers.length;
  const completion = change + changes.length;
  return {
    other,
    timer,
    change,
    completion,
    count: completion + 1,
    ofSignal: Int32Array.from(model.signals, (signal) => columnOf.get(signal.id) ?? other),
    listens(transition: number, column: number): boolean {
      const { trigger } = tree.transitions[transition]!;
      if (trigger.kind === 'any') return column <= other;
      if (trigger.kind === 'signal') return trigger.signals.some((signal) => columnOf.get(signal) === column);
      if (trigger.kind === 'time') return timers[column - timer]?.transition === transition;
      if (trigger.kind === 'change') return changes[column - change]?.transition === transition;
      return trigger.kind === 'completion' && column === completion;
    },
  };
}

function scopes(
  model: Model,
  machine: Machine,
  tree: MachineTree,
  sources: ElementId[],
): (element: ElementId) => Scope {
  const locations = new Map<ElementId, Location>();
  for (const { trigger } of tree.transitions) {
    if (trigger.kind !== 'signal') continue;
    trigger.bindings.forEach((binding, index) => {
      locations.set(binding.id, { kind: 'event', index, type: binding.type });
    });
  }
  [...machine.parameters, ...machine.variables].forEach((variable, index) => {
    locations.set(variable.id, { kind: 'slot', index, type: variable.type });
  });
  const signals = new Map(model.signals.map((signal, index) => [signal.id, index]));
  return (element) => {
    let draws = 0;
    const nameOfDraw = (): ElementId => `${element}/draw${++draws === 1 ? '' : draws}`;
    return {
      locate: (variable) => locations.get(variable),
      state(state) {
        const first = tree.vertexIndex.get(state);
        return first === undefined ? undefined : { strand: tree.strandOf[first]!, first, last: tree.last[first]! };
      },
      signal: (signal) => signals.get(signal) ?? -1,
      attributes: (signal) => model.signals[signals.get(signal) ?? -1]?.attributes.map(({ id }) => id) ?? [],
      source: () => sources.push(nameOfDraw()) - 1,
    };
  };
}
