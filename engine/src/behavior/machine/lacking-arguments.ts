/**
 * Where a state may be entered or left by what does not bring the arguments that its behaviours take. Follows the compiled ways:
 * which of them a run goes, guards decide, and guards are not looked at.
 */
import type { ElementId, Variable } from '../../model/index.ts';
import { type CompiledMachine, flag, op } from './compiled-machine.ts';
import { behavioursOf } from './state-behaviours.ts';
import { carriedBy, conforms } from './taken-arguments.ts';

interface LackingArguments {
  readonly state: ElementId;
  readonly kind: 'entry' | 'exit' | 'do';
  /** Those that are not optional and have no default. */
  readonly parameters: readonly Variable[];
  /** How the state may be entered or left without them, each once. */
  readonly causes: readonly Cause[];
}

export interface Cause {
  /** Null where an instance begins. */
  readonly transition: ElementId | null;
  /** The signal or operation that carries something else; null where nothing is carried, or anything may be. */
  readonly event: ElementId | null;
}

interface Passed {
  readonly entered: Set<number>;
  readonly left: Set<number>;
}

export function lackingArguments(compiled: CompiledMachine): LackingArguments[] {
  const takers = compiled.vertices.flatMap((vertex, v) =>
    vertex.kind !== 'state'
      ? []
      : behavioursOf(vertex).flatMap(({ kind, parameters }) => {
          const needed = parameters.filter(({ initial, type }) => initial === undefined && type.kind !== 'optional');
          return needed.length === 0 ? [] : [{ v, kind, parameters, needed, causes: new Map<string, Cause>() }];
        }),
  );
  if (takers.length === 0) return [];
  const { signals, operations, transitions, routeTransition, routeProgram } = compiled;
  const events = [...signals, ...operations].map(({ id }) => id);
  const carried = carriedBy(signals, operations);
  const ways = new Ways(compiled);
  const note = ({ entered, left }: Passed, transition: ElementId | null, event: number): void => {
    for (const { v, kind, parameters, causes } of takers) {
      if (!(kind === 'exit' ? left : entered).has(v)) continue;
      if (event >= 0 && conforms(carried[event]!, parameters)) continue;
      const cause: Cause = { transition, event: events[event] ?? null };
      causes.set(JSON.stringify(cause), cause);
    }
  };
  note(ways.from(compiled.startProgram, -1), null, -1);
  for (const { route, columns } of routesTaken(compiled)) {
    const passed = ways.from(routeProgram[route]!, columns.includes(compiled.completionColumn) ? route : -1);
    if (passed.entered.size + passed.left.size === 0) continue;
    const { id, trigger } = transitions[routeTransition[route]!]!;
    const carrying = events.flatMap((_, event) => (columns.includes(compiled.columnOfEvent[event]!) ? [event] : []));
    // Of what nothing names anything may be carried.
    if (trigger.kind === 'any' && columns.includes(compiled.otherColumn)) note(passed, id, -1);
    else if (carrying.length === 0) note(passed, id, -1);
    for (const event of carrying) if (compiled.columnOfEvent[event] !== compiled.otherColumn) note(passed, id, event);
  }
  return takers.flatMap(({ v, kind, needed, causes }) =>
    causes.size === 0
      ? []
      : [{ state: compiled.vertices[v]!.id, kind, parameters: needed, causes: [...causes.values()] }],
  );
}

/** The routes that something that happens begins with, each with the columns in which nothing before it is taken always. */
function routesTaken(compiled: CompiledMachine): { readonly route: number; readonly columns: readonly number[] }[] {
  const columnsOf = new Map<number, Set<number>>();
  const { cells, columns, routeLists, routeSource, exact } = compiled;
  cells.forEach((start, cell) => {
    let always = -1;
    for (let i = start; routeLists[i]! >= 0; i++) {
      const route = routeLists[i]!;
      // Behind one that is always taken come others of its own source, between which UML leaves the choice, and outer ones.
      if (always >= 0 && routeSource[route] !== always) break;
      if (exact.guards[route] === null) always = routeSource[route]!;
      const known = columnsOf.get(route) ?? new Set();
      columnsOf.set(route, known.add(cell % columns));
    }
  });
  return [...columnsOf].map(([route, known]) => ({ route, columns: [...known] }));
}

/** What the programs pass on their ways, with all that may be decided on them. */
class Ways {
  readonly #compiled: CompiledMachine;
  /** Whose completion is handled: nothing in it is active but final states. */
  #completed = -1;
  #seen = new Set<number>();
  #passed: Passed = { entered: new Set(), left: new Set() };

  constructor(compiled: CompiledMachine) {
    this.#compiled = compiled;
  }

  /** `completion`: the route that a completion takes, or -1. */
  from(start: number, completion: number): Passed {
    this.#completed = completion < 0 ? -1 : this.#compiled.routeSource[completion]!;
    this.#seen = new Set();
    this.#passed = { entered: new Set(), left: new Set() };
    this.#follow(start);
    return this.#passed;
  }

  #follow(start: number): void {
    const { program, branches, routeProgram, arrivalVertex } = this.#compiled;
    if (start < 0 || this.#seen.has(start)) return;
    this.#seen.add(start);
    for (let at = start; program[at] !== op.end; at += 2) {
      const operand = program[at + 1]!;
      switch (program[at]) {
        case op.enter:
          this.#passed.entered.add(operand);
          break;
        case op.exit:
          this.#passed.left.add(operand);
          break;
        case op.exitStrand:
          this.#leaveStrand(operand);
          break;
        case op.exitInside:
          this.#leave(operand);
          break;
        case op.leaveMachine:
          this.#leave(-1);
          break;
        case op.branch:
          for (const { route } of branches[operand]!) this.#follow(routeProgram[route]!);
          break;
        case op.arrive:
          for (const { route } of branches[arrivalVertex[operand]!]!) this.#follow(routeProgram[route]!);
          break;
        case op.history:
          this.#restore(operand);
          break;
      }
    }
  }

  /** All inside a state, or inside the machine (-1). */
  #leave(state: number): void {
    const { vertices, last } = this.#compiled;
    if (this.#hasCompleted(state)) return;
    for (let v = state + 1; v <= (last[state] ?? vertices.length - 1); v++) this.#passed.left.add(v);
  }

  #leaveStrand(strand: number): void {
    const { vertices, strandOf, strandParent, strandOwner } = this.#compiled;
    if (this.#hasCompleted(strandOwner[strand]!)) return;
    vertices.forEach((_, v) => {
      for (let s = strandOf[v]!; s >= 0; s = strandParent[s]!) if (s === strand) this.#passed.left.add(v);
    });
  }

  #hasCompleted(state: number): boolean {
    const { last } = this.#compiled;
    return this.#completed >= 0 && state >= this.#completed && state <= last[this.#completed]!;
  }

  #restore(history: number): void {
    const { vertices, regionOf, regionEntry, stateEntry, branches, routeProgram, last, flags } = this.#compiled;
    const region = regionOf[history]!;
    this.#follow(regionEntry[region]!);
    for (const { route } of branches[history]!) this.#follow(routeProgram[route]!);
    vertices.forEach((_, state) => {
      if (regionOf[state] !== region || (flags[state]! & flag.state) === 0) return;
      if (vertices[history]!.kind === 'shallow-history') this.#follow(stateEntry[state]!);
      else for (let v = state; v <= last[state]!; v++) this.#passed.entered.add(v);
    });
  }
}
