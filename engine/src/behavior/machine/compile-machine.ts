/** `Machine` → its compiled form: numbers the tree, works out the routes, compiles the behaviours. Done once a model. */
import type { ElementId, Machine, Model, Operation } from '../../model/index.ts';
import { numberColumns, operationsOf } from './columns.ts';
import { compileRoutes } from './compile-routes.ts';
import { type CompiledMachine, flag, type Invariant } from './compiled-machine.ts';
import { historiesOf } from './histories.ts';
import { exactCode, partialCode } from './machine-code.ts';
import { machineScopes } from './machine-scope.ts';
import { type MachineTree, machineTree } from './machine-tree.ts';
import { resolveMachine } from './resolve-machine.ts';
import { defaultTransition } from './route-writer.ts';
import { carriedBy } from './taken-arguments.ts';
import { vertexFlags } from './vertex-flags.ts';
import { watchesOf } from './watches.ts';

/** `null` where the model has no such machine. Signals are indexed as in `model.signals`, for all machines alike. */
export function compileMachine(model: Model, id: ElementId): CompiledMachine | null {
  const machine = resolveMachine(model, id);
  return machine === null ? null : compile(model, machine);
}

function compile(model: Model, machine: Machine): CompiledMachine {
  const tree = machineTree(machine);
  const histories = historiesOf(tree);
  const flags = vertexFlags(tree, (region) => histories.slotOfRegion[region]! >= 0);
  const { timers, changes } = watchesOf(tree);
  const operations = operationsOf(model, machine, tree);
  const columns = numberColumns(model, operations, tree, timers, changes);
  const routes = compileRoutes(tree, flags, histories, columns.count, columns.completion, columns.listens);
  const variables = [...machine.parameters, ...machine.variables];
  const randomSources: ElementId[] = [];
  const choiceSource = Int32Array.from(tree.vertices, (vertex) =>
    vertex.kind === 'choice' || vertex.kind === 'junction' ? randomSources.push(vertex.id) - 1 : -1,
  );
  const invariants = invariantsOf(machine, tree);
  const parts = {
    machine: machine.id,
    invariants,
    tree,
    guards: routes.guards,
    routeTransition: routes.transition,
    timers,
    changes,
    variables,
    parameterCount: machine.parameters.length,
    carried: carriedBy(model.signals, operations),
    scopeOf: machineScopes(model, variables, tree, randomSources),
  };
  const pick = (list: readonly { readonly vertex: number }[]): Int32Array[] =>
    tree.vertices.map((_, v) => Int32Array.from(list.flatMap((item, index) => (item.vertex === v ? [index] : []))));
  const strandsOf = (regions: readonly number[]): Int32Array =>
    Int32Array.from(regions, (r) => tree.regions[r]!.strand);
  return {
    id: machine.id,
    place: machine.label,
    machine,
    signals: model.signals,
    operations,
    called: calledOperations(model, machine),
    vertices: tree.vertices,
    transitions: tree.transitions,
    variables,
    parameterCount: machine.parameters.length,
    vertexIndex: tree.vertexIndex,
    transitionIndex: tree.transitionIndex,
    flags,
    strandOf: tree.strandOf,
    // What waits at a join waits in a strand of its own.
    parentInStrand: tree.parentInStrand.map((parent, v) => (tree.joins.has(v) ? -1 : parent)),
    parent: tree.parent,
    last: tree.last,
    childStrands: tree.vertices.map((_, v) => strandsOf(flags[v]! & flag.orthogonal ? tree.regionsOf[v]! : [])),
    timersOf: pick(timers),
    changesOf: pick(changes),
    branches: routes.branches,
    joinStrands: tree.vertices.map((_, v) => strandsOf(tree.joins.get(v)?.regions ?? [])),
    arrivalVertex: Int32Array.from(routes.arrivals, ({ vertex }) => vertex),
    arrivalStrand: Int32Array.from(routes.arrivals, ({ strand }) => strand),
    historyCount: histories.count,
    historyOfVertex: histories.slotOfVertex,
    historyOfRegion: histories.slotOfRegion,
    regionOf: Int32Array.from(tree.regionOf),
    regionsOf: tree.regionsOf.map((regions) => Int32Array.from(regions)),
    regionIds: tree.regions.map(({ region }) => region.id),
    regionEntry: routes.regionEntry,
    stateEntry: routes.stateEntry,
    strandCount: tree.strandCount,
    rootStrands: strandsOf(tree.rootRegions),
    strandParent: tree.strandParent,
    strandOwner: strandOwners(tree),
    strandBegins: strandBegins(tree),
    columns: columns.count,
    columnOfEvent: columns.ofEvent,
    otherColumn: columns.other,
    timerColumn: columns.timer,
    changeColumn: columns.change,
    completionColumn: columns.completion,
    deferrable: columns.deferrable,
    defers: columns.defers,
    cells: routes.cells,
    routeLists: Int32Array.from(routes.lists),
    routeTransition: Int32Array.from(routes.transition),
    routeSource: Int32Array.from(routes.source),
    routeScope: Int32Array.from(routes.scope),
    routeProgram: Int32Array.from(routes.start),
    program: Int32Array.from(routes.program),
    startProgram: routes.startProgram,
    concurrent: routes.concurrent,
    once: routes.once,
    timers,
    changes,
    invariants,
    exact: exactCode(parts),
    partial: partialCode(parts),
    randomSources,
    choiceSource,
  };
}

function strandOwners(tree: MachineTree): Int32Array {
  const owners = new Int32Array(tree.strandCount).fill(-1);
  for (const { owner, strand } of tree.regions)
    if (owner >= 0 && tree.strandOf[owner] !== strand) owners[strand] = owner;
  return owners;
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

function calledOperations(model: Model, machine: Machine): readonly Operation[] {
  const called = new Set<ElementId>();
  const open: unknown[] = [machine.regions];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== 'object' || part === null) continue;
    if ('kind' in part && part.kind === 'call' && 'operation' in part) called.add(String(part.operation));
    open.push(...Object.values(part).filter((inner) => typeof inner === 'object' && inner !== null));
  }
  return model.components.flatMap(({ operations }) => operations.filter(({ id }) => called.has(id)));
}

function invariantsOf(machine: Machine, tree: MachineTree): readonly Invariant[] {
  const whole = (machine.invariants ?? []).map((condition) => ({ vertex: -1, condition }));
  const ofStates = tree.vertices.flatMap((state, vertex) =>
    state.kind === 'state' ? (state.invariants ?? []).map((condition) => ({ vertex, condition })) : [],
  );
  return [...whole, ...ofStates];
}
