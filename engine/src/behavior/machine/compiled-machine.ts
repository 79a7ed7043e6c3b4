/**
 * The compiled form of a machine, shared by every driver: integer ids, flat tables, and short programs of exits,
 * effects and entries. It holds no state of any run.
 *
 * *Vertices* are numbered in the order of nesting, so that a state with all it contains is a range. *Strands*: the
 * regions of a machine form a tree; a region without siblings belongs to the strand of its state, orthogonal regions
 * open a strand each. In a strand exactly one chain of nested states is active, so one integer, its innermost active
 * vertex, says all; where a region waits at a join, that is the join. A machine without orthogonal regions has one strand.
 * *Events* are signals, by their index in the model, and behind them the operations that can be called. *Columns* are the
 * things that can happen: an event, any other event, a timer, a change, a completion. For each (innermost vertex, column)
 * the *cell* lists the routes to try, innermost source first. A *route* is a compound transition as far as it is decided
 * before anything is left, with its guard and the program that takes it.
 */
import type { Behaviour, EvaluatePartly, Frame } from '../../expressions/index.ts';
import type {
  ElementId,
  Expression,
  FinalState,
  Machine,
  Operation,
  Place,
  Pseudostate,
  Signal,
  State,
  Transition,
  Variable,
} from '../../model/index.ts';
import type { ActivityStep } from './activity-steps.ts';
import type { Concurrent } from './route-writer.ts';

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
  /** Operand: choice, or what is met on a way of default entry. Takes one of its branches. */
  branch: 5,
  /** Operand: state none of whose regions began when it was entered. It is complete unless its do-activity runs. */
  complete: 6,
  /** Operand: state. Leaves whatever is active inside it. */
  exitInside: 7,
  /** Operand: arrival. A region has come to a join; where it is the last one, the join is passed. */
  arrive: 8,
  /** Operand: history. Enters what was active when its region was last left. */
  history: 9,
  /** Operand: terminate. Nothing of this program happens any more. */
  terminate: 10,
  /** Operand: exit point of the machine itself: all is left, and the instance ends. */
  leaveMachine: 11,
  /** Operand: strand. Ends the program where a choice on the way has left the state around it, or entered it already. */
  onlyInto: 12,
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
  /** Leaving it is noted for a history. */
  remembered: 64,
  /** Defers something. */
  defers: 128,
} as const;

/** What holds whenever the machine rests in a state, -1 for the machine itself. */
export interface Invariant {
  readonly vertex: number;
  readonly condition: Expression;
}

export interface Timer {
  readonly vertex: number;
  /** Index of the time-triggered transition; -1 for the end of the state's do-activity. */
  readonly transition: number;
  readonly runs: /** The trigger's delay, or the time of the do-activity. */
    | { readonly kind: 'delay'; readonly delay: Expression }
    /** Until the next such time of day, microseconds since midnight. */
    | { readonly kind: 'clock'; readonly timeOfDay: number }
    /** A do-activity that takes no time: right behind the step that enters the state. */
    | { readonly kind: 'at-once' }
    /** A do-activity that invokes another behaviour: until `runtime.activityEnded`. */
    | { readonly kind: 'elsewhere' };
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
  /** By vertex: what a do-activity does. */
  readonly activities: readonly (Behaviour | null)[];
  /** And in pieces, where there are several: for who looks at every order. Partial code has none. */
  readonly activitySteps: readonly (readonly ActivityStep[] | null)[];
  /** By timer, microseconds; null where it does not run for a delay. */
  readonly delays: readonly (EvaluatePartly | null)[];
  /** By change. */
  /** By invariant. */
  readonly invariants: readonly Guard[];
  readonly conditions: readonly Guard[];
}

export interface CompiledMachine {
  readonly id: ElementId;
  readonly place: Place;
  /** With what it inherits, and its submachines in their places. */
  readonly machine: Machine;
  /** All of the model: an event that is a signal is a position in this list. */
  readonly signals: readonly Signal[];
  /** An event that is a call is a position in this list behind the signals. */
  readonly operations: readonly Operation[];
  /** Operations of components that its actions call. */
  readonly called: readonly Operation[];
  readonly vertices: readonly Vertex[];
  readonly transitions: readonly Transition[];
  /** Parameters first, then variables (those of submachines too): one slot each. */
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
  /** Of pseudostates: the ways out that are decided when they are reached. */
  readonly branches: readonly (readonly Branch[])[];
  /** By vertex: the strands that wait at a join until all have come. */
  readonly joinStrands: readonly Int32Array[];
  /** By arrival: which strand comes to which join. */
  readonly arrivalVertex: Int32Array;
  readonly arrivalStrand: Int32Array;

  readonly historyCount: number;
  /** The memory of the region a state or final state lies in, and of a region; -1 where there is none. */
  readonly historyOfVertex: Int32Array;
  readonly historyOfRegion: Int32Array;
  /** By vertex: its region, and the regions in it. */
  readonly regionOf: Int32Array;
  readonly regionsOf: readonly Int32Array[];
  readonly regionIds: readonly ElementId[];
  /** Programs of default entry, for those with a memory; -1 for all others. */
  readonly regionEntry: Int32Array;
  readonly stateEntry: Int32Array;

  readonly strandCount: number;
  readonly rootStrands: Int32Array;
  /** The strand around, or -1. */
  readonly strandParent: Int32Array;
  /** The state whose region the strand is, or -1. */
  readonly strandOwner: Int32Array;
  /** Whether entering the strand by default activates something in it. */
  readonly strandBegins: Uint8Array;

  readonly columns: number;
  /** By event: its column; events that nothing names share one. */
  readonly columnOfEvent: Int32Array;
  /** For events past the list. */
  readonly otherColumn: number;
  readonly timerColumn: number;
  readonly changeColumn: number;
  readonly completionColumn: number;
  /** By column: whether any state defers it; and `defers[vertex * columns + column]`. */
  readonly deferrable: Uint8Array;
  readonly defers: Uint8Array;
  /** `cells[vertex * columns + column]`: where its routes begin in `routeLists`, each list ended by -1. */
  readonly cells: Int32Array;
  readonly routeLists: Int32Array;

  /** By route: its first transition, the strand whose content it leaves (-1: internal), where its program begins. */
  readonly routeTransition: Int32Array;
  readonly routeSource: Int32Array;
  readonly routeScope: Int32Array;
  readonly routeProgram: Int32Array;
  readonly program: Int32Array;
  readonly startProgram: number;
  /** By address in `program`: where parts begin that belong to orthogonal regions, and what of them was entered already. */
  readonly concurrent: ReadonlyMap<number, Concurrent>;
  readonly once: ReadonlyMap<number, number>;

  readonly invariants: readonly Invariant[];
  readonly timers: readonly Timer[];
  readonly changes: readonly Change[];
  /** Element ids that name the random streams, by the index compiled draws and choices use. */
  readonly randomSources: readonly ElementId[];
  /** By vertex: the stream of a choice's weights, or -1. */
  readonly choiceSource: Int32Array;
  readonly exact: MachineCode;
  readonly partial: MachineCode;
}
