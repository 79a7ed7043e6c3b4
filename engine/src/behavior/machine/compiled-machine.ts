/**
 * The compiled form of a machine, shared by every driver: integer ids, flat tables, and short programs of exits,
 * effects and entries. It holds no state of any run.
 *
 * *Vertices* are numbered in the order of nesting, so that a state with all it contains is a range. *Strands*: the
 * regions of a machine form a tree; a region without siblings belongs to the strand of its state, orthogonal regions
 * open a strand each. In a strand exactly one chain of nested states is active, so one integer, its innermost active
 * vertex, says all. A machine without orthogonal regions has one strand. *Columns* are the things that can happen:
 * a signal, any other signal, a timer, a change, a completion. For each (innermost vertex, column) the *cell* lists
 * the routes to try, innermost source first. A *route* is a transition, or several joined by junctions, with its guard
 * and the program that takes it.
 */
import type { Behaviour, EvaluatePartly, Frame } from '../../expressions/index.ts';
import type {
  ElementId,
  Expression,
  FinalState,
  Machine,
  Place,
  Pseudostate,
  Signal,
  State,
  Transition,
  Variable,
} from '../../model/index.ts';

export type Vertex = State | FinalState | Pseudostate;

/** Instructions of a program, each followed by one operand. */
export const op = {
  end: 0,
  /** Operand: vertex. */
  exit: 1,
  /** Operand: transition. */
  effect: 2,
  /** Operand: vertex. */
  enter: 3,
  /** Operand: strand. Leaves whatever is active in it. */
  exitStrand: 4,
  /** Operand: choice, or junction met on a way of default entry. Takes one of its branches. */
  branch: 5,
  /** Operand: state none of whose regions began when it was entered. It is complete unless its do-activity runs. */
  complete: 6,
} as const;

/** What the run needs to know of a vertex at a glance; bits. */
export const flag = {
  state: 1,
  final: 2,
  /** A state with two regions or more. */
  orthogonal: 4,
  /** Has completion transitions. */
  completes: 8,
  /** A state with regions or a do-activity: entering it does not complete it. */
  lasts: 16,
  /** Has timers or change triggers. */
  watches: 32,
} as const;

export interface Timer {
  readonly vertex: number;
  /** Index of the time-triggered transition; -1 for the end of the state's do-activity. */
  readonly transition: number;
  /** How long it runs: the trigger's delay, or the time of the do-activity. */
  readonly delay: Expression;
}

export interface Change {
  readonly vertex: number;
  readonly transition: number;
}

export interface Branch {
  readonly route: number;
  readonly weight: number | undefined;
  readonly isElse: boolean;
}

/** True, false, or in partial code `undefined`: not known. */
export type Guard = (frame: Frame) => boolean | undefined;

/** The behaviours by index. Two sets share the tables: exact for running, partial for recognising. */
export interface MachineCode {
  readonly partial: boolean;
  /** Sets the variables' initial values; parameters are in their slots already. */
  readonly initialise: Behaviour;
  /** By route. */
  readonly guards: readonly (Guard | null)[];
  /** By transition. */
  readonly effects: readonly (Behaviour | null)[];
  /** By vertex. */
  readonly entries: readonly (Behaviour | null)[];
  readonly exits: readonly (Behaviour | null)[];
  /** By timer, microseconds. */
  readonly delays: readonly EvaluatePartly[];
  /** By change. */
  readonly conditions: readonly Guard[];
}

export interface CompiledMachine {
  readonly id: ElementId;
  readonly place: Place;
  readonly machine: Machine;
  /** All of the model: an event's `signal` is a position in this list. */
  readonly signals: readonly Signal[];
  readonly vertices: readonly Vertex[];
  readonly transitions: readonly Transition[];
  /** Parameters first, then variables: one slot each. */
  readonly variables: readonly Variable[];
  readonly parameterCount: number;
  /** Position of an element in its list, by id. */
  readonly vertexIndex: ReadonlyMap<ElementId, number>;
  readonly transitionIndex: ReadonlyMap<ElementId, number>;

  /** By vertex. */
  readonly flags: Uint8Array;
  readonly strandOf: Int32Array;
  /** The enclosing state in the same strand, or -1. */
  readonly parentInStrand: Int32Array;
  /** The enclosing state, or -1. */
  readonly parent: Int32Array;
  /** The last vertex inside (itself where none). */
  readonly last: Int32Array;
  readonly childStrands: readonly Int32Array[];
  readonly timersOf: readonly Int32Array[];
  readonly changesOf: readonly Int32Array[];
  /** Of choices, and of junctions on ways of default entry. */
  readonly branches: readonly (readonly Branch[])[];

  readonly strandCount: number;
  readonly rootStrands: Int32Array;
  /** The strand around, or -1. */
  readonly strandParent: Int32Array;
  /** Whether entering the strand by default activates something in it. */
  readonly strandBegins: Uint8Array;

  readonly columns: number;
  /** By index of the signal in the model: its column; signals that no trigger names share one. */
  readonly columnOfSignal: Int32Array;
  /** For signals past the model's list. */
  readonly otherColumn: number;
  readonly timerColumn: number;
  readonly changeColumn: number;
  readonly completionColumn: number;
  /** `cells[vertex * columns + column]`: where its routes begin in `routeLists`, each list ended by -1. */
  readonly cells: Int32Array;
  readonly routeLists: Int32Array;

  /** By route: its first transition, the strand whose content it leaves (-1: internal), where its program begins. */
  readonly routeTransition: Int32Array;
  readonly routeScope: Int32Array;
  readonly routeProgram: Int32Array;
  readonly program: Int32Array;
  readonly startProgram: number;

  readonly timers: readonly Timer[];
  readonly changes: readonly Change[];
  /** Element ids that name the random streams, by the index compiled draws and choices use. */
  readonly randomSources: readonly ElementId[];
  /** By vertex: the stream of a choice's weights, or -1. */
  readonly choiceSource: Int32Array;
  readonly exact: MachineCode;
  readonly partial: MachineCode;
}
