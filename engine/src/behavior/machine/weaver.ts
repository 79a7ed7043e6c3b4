/**
 * Runs programs in every order that UML leaves open: what belongs to orthogonal regions happens side by side, one stroke of
 * one of them after the other, and do-activities that take no time come in between. An oracle says which is next. Knows
 * the order of strokes; what a stroke does is the runtime's.
 */
import { type CompiledMachine, flag, op } from './compiled-machine.ts';
import type { Concurrent } from './route-writer.ts';

/** What a runtime does in one go. */
interface Strokes {
  /** One of `count` is next. */
  next(count: number, among?: 'activities'): number;
  /** Nothing of the programs in progress happens any more. */
  isOver(): boolean;
  enter(vertex: number): void;
  exit(vertex: number): void;
  take(transition: number): void;
  complete(state: number): void;
  /** Whether all regions have come to the join. */
  arrive(arrival: number): boolean;
  /** The route that goes on from a choice, or from a join all have come to. */
  branch(vertex: number): number;
  wayOut(vertex: number): number;
  isActive(state: number): boolean;
  isTaken(strand: number): boolean;
  active(strand: number): number;
  setActive(strand: number, vertex: number): void;
  past(region: number): number;
  terminate(vertex: number): void;
  finish(): void;
  /** Do-activities without a time that have begun, and what one of them does. */
  begun(): number;
  act(index: number): void;
  /** Its programs lead into each other without end: ends the step with an error, at the latest when it is told again. */
  endless(): void;
  /** Nobody can tell when it happens, or whether it did before what happens beside it. */
  isQuiet(code: number, operand: number): boolean;
}

/**
 * Programs that one transition runs with all that they lead to, for each vertex of the machine; only a circle of them has more.
 * They are nested, so that each stroke of a deep one costs as much as it is deep.
 */
const PROGRAMS_PER_VERTEX = 4;
const MOST_PROGRAMS = 500;
/** So many more are run to see in which circle they go. */
const REMEMBERED_PROGRAMS = 100;

type Thread = Generator<undefined, void, undefined>;

export class Weaver {
  readonly #compiled: CompiledMachine;
  readonly #strokes: Strokes;
  #started = 0;
  /** By where a program begins; 0 not looked at yet, 1 plain, 2 not. */
  readonly #plain: Uint8Array;
  readonly #hasBesides: boolean;
  readonly #mostPrograms: number;
  /** By vertex: how often it was entered since the programs began. */
  readonly #entries: Int32Array;

  constructor(compiled: CompiledMachine, strokes: Strokes) {
    this.#compiled = compiled;
    this.#strokes = strokes;
    this.#plain = new Uint8Array(compiled.program.length);
    this.#entries = new Int32Array(compiled.vertices.length);
    this.#mostPrograms = Math.min(MOST_PROGRAMS, 20 + PROGRAMS_PER_VERTEX * compiled.vertices.length);
    this.#hasBesides = hasPieces(compiled);
  }

  /** Whether the program has one order only: nothing in it is concurrent, and no do-activity can come between. */
  isPlain(start: number): boolean {
    if (this.#hasBesides) return false;
    if (this.#plain[start] === 0) this.#plain[start] = this.#looksPlain(start) ? 1 : 2;
    return this.#plain[start] === 1;
  }

  #looksPlain(start: number): boolean {
    const { program, concurrent } = this.#compiled;
    for (let at = start; program[at] !== op.end; at += 2) {
      const code = program[at];
      if (concurrent.has(at) || (code !== op.exit && code !== op.effect && code !== op.enter)) return false;
    }
    return true;
  }

  /** Each program as long as the vertex at which its route was found is still active. */
  run(programs: readonly { readonly start: number; readonly leaf: number }[]): void {
    const strokes = this.#strokes;
    const { strandOf } = this.#compiled;
    this.#started = 0;
    this.#entries.fill(0);
    const threads = programs.map(({ start, leaf }) =>
      this.#program(start, -1, () => leaf < 0 || strokes.active(strandOf[leaf]!) === leaf),
    );
    const all = this.#together(threads);
    let done = all.next().done === true;
    while (!done) {
      const begun = strokes.begun();
      const next = begun > 0 ? strokes.next(begun + 1, 'activities') : 0;
      if (next > 0) strokes.act(next - 1);
      else done = all.next().done === true;
    }
  }

  *#together(threads: readonly Thread[]): Thread {
    const alive = threads.filter((thread) => thread.next().done !== true);
    while (alive.length > 0) {
      yield;
      const next = alive.length > 1 ? this.#strokes.next(alive.length) : 0;
      if (alive[next]!.next().done === true) alive.splice(next, 1);
    }
  }

  #parts({ parts }: Concurrent): Thread[] {
    const { strandOwner } = this.#compiled;
    return parts.map(({ start, end, strand }) => {
      const owner = strand < 0 ? -1 : strandOwner[strand]!;
      return this.#program(start, end, null, owner, true);
    });
  }

  #enter(vertex: number): void {
    this.#entries[vertex]!++;
    this.#strokes.enter(vertex);
  }

  /** Whether a state is still active as it was when it had been entered so often. */
  #isLeft(state: number, entries: number): boolean {
    return state >= 0 && (this.#entries[state] !== entries || !this.#strokes.isActive(state));
  }

  /**
   * As long as nothing else leaves `owner`, where there is one: what leaves it itself goes on. `mayBegin` is asked when its first
   * stroke comes.
   */
  *#program(start: number, end: number, mayBegin: (() => boolean) | null = null, around = -1, isPart = false): Thread {
    const { program, concurrent, once, routeProgram } = this.#compiled;
    const strokes = this.#strokes;
    const surplus = ++this.#started - this.#mostPrograms;
    if (surplus === 1 || surplus > REMEMBERED_PROGRAMS) strokes.endless();
    let isFirst = isPart;
    let at = start;
    let owner = around;
    const entries = owner < 0 ? 0 : this.#entries[owner]!;
    if (mayBegin !== null) {
      yield;
      if (!mayBegin()) return;
    }
    while (at !== end && !strokes.isOver()) {
      if (this.#isLeft(owner, entries)) return;
      const parts = isFirst ? undefined : concurrent.get(at);
      isFirst = false;
      if (parts !== undefined) {
        yield* this.#together(this.#parts(parts));
        at = parts.next;
        continue;
      }
      const code = program[at]!;
      const operand = program[at + 1]!;
      const skip = once.get(at);
      if (isStroke(code) && !strokes.isQuiet(code, operand) && !(skip !== undefined && strokes.isActive(operand))) {
        yield;
        if (strokes.isOver() || this.#isLeft(owner, entries)) return;
      }
      if (skip !== undefined && strokes.isActive(operand)) {
        at = skip;
        continue;
      }
      at += 2;
      switch (code) {
        case op.end:
          return;
        case op.exit:
          strokes.exit(operand);
          if (operand === owner) owner = -1;
          break;
        case op.effect:
          strokes.take(operand);
          break;
        case op.enter:
          this.#enter(operand);
          break;
        case op.exitStrand:
          yield* this.#exitStrand(operand);
          if (owner >= 0 && !strokes.isActive(owner)) owner = -1;
          break;
        case op.complete:
          strokes.complete(operand);
          break;
        case op.exitInside:
          yield* this.#exitInside(operand);
          // What lies around may have been in it.
          if (owner > operand && owner <= this.#compiled.last[operand]!) owner = -1;
          break;
        case op.arrive: {
          if (!strokes.arrive(operand)) break;
          const join = this.#compiled.arrivalVertex[operand]!;
          yield* this.#program(routeProgram[strokes.wayOut(join)]!, -1, null, owner);
          break;
        }
        case op.history:
          yield* this.#recall(operand, owner);
          break;
        case op.terminate:
          strokes.terminate(operand);
          return;
        case op.leaveMachine:
          yield* this.#together(Array.from(this.#compiled.rootStrands, (strand) => this.#exitStrand(strand)));
          strokes.finish();
          return;
        case op.onlyInto:
          if (strokes.isTaken(operand)) return;
          break;
        default: {
          const next = routeProgram[strokes.branch(operand)]!;
          if (program[at] === op.end || at === end) {
            at = next;
            end = -1;
          } else yield* this.#program(next, -1, null, owner);
        }
      }
    }
  }

  *#exitStrand(strand: number): Thread {
    yield* this.#exitUpTo(strand, -1);
    if (!this.#strokes.isOver()) this.#strokes.setActive(strand, -1);
  }

  *#exitInside(state: number): Thread {
    if (this.#strokes.isActive(state)) yield* this.#exitUpTo(this.#compiled.strandOf[state]!, state);
  }

  *#exitUpTo(strand: number, state: number): Thread {
    const { childStrands, parentInStrand, flags } = this.#compiled;
    const strokes = this.#strokes;
    for (let vertex = strokes.active(strand); vertex >= 0 && !strokes.isOver(); vertex = parentInStrand[vertex]!) {
      const children = childStrands[vertex]!;
      if (children.length > 0) yield* this.#together(Array.from(children, (child) => this.#exitStrand(child)));
      if (vertex === state || strokes.isOver()) return;
      if (flags[vertex]! & (flag.state | flag.final)) {
        if (!strokes.isQuiet(op.exit, vertex)) yield;
        if (strokes.isOver()) return;
        strokes.exit(vertex);
      } else strokes.setActive(strand, parentInStrand[vertex]!);
    }
  }

  *#recall(history: number, owner: number): Thread {
    const { vertices, regionOf, regionEntry, branches, routeProgram } = this.#compiled;
    const region = regionOf[history]!;
    if (this.#strokes.past(region) >= 0)
      yield* this.#restore(region, vertices[history]!.kind === 'deep-history', owner);
    else if (branches[history]!.length > 0)
      yield* this.#program(routeProgram[this.#strokes.branch(history)]!, -1, null, owner);
    else yield* this.#program(regionEntry[region]!, -1, null, owner);
  }

  *#restore(region: number, isDeep: boolean, owner: number): Thread {
    const { regionEntry, stateEntry, regionsOf } = this.#compiled;
    const strokes = this.#strokes;
    const state = strokes.past(region);
    if (state < 0 || !isDeep) {
      yield* this.#program(state < 0 ? regionEntry[region]! : stateEntry[state]!, -1, null, owner);
      return;
    }
    const entries = owner < 0 ? 0 : this.#entries[owner]!;
    if (!strokes.isQuiet(op.enter, state)) yield;
    if (strokes.isOver() || this.#isLeft(owner, entries)) return;
    this.#enter(state);
    const inside = this.#entries[state]!;
    const regions = regionsOf[state]!;
    yield* this.#together(Array.from(regions, (inner) => this.#restore(inner, true, state)));
    if (regions.length > 0 && !strokes.isOver() && !this.#isLeft(state, inside)) strokes.complete(state);
  }
}

/** Do-activities may come between its strokes. */
export function hasPieces({ timers, exact }: CompiledMachine): boolean {
  return timers.some(({ runs }) => runs.kind === 'at-once') || exact.activitySteps.some((steps) => steps !== null);
}

/** What can be told apart from what happens beside it; the rest leads to such. */
function isStroke(code: number): boolean {
  return (
    code === op.exit ||
    code === op.effect ||
    code === op.enter ||
    code === op.complete ||
    code === op.arrive ||
    code === op.branch ||
    code === op.terminate
  );
}
