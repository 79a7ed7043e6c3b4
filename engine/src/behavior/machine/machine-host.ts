/**
 * What a machine's runtime asks of whoever runs it (a simulation, a debugger, a recogniser). The runtime has no clock,
 * no calendar and no network of its own. Host methods are called in the middle of a step: they must not call back
 * into the runtime but remember what to do next.
 */
import type { Known, RunProblem } from '../../expressions/index.ts';
import type { ElementId, Place, SendTarget, Value } from '../../model/index.ts';
import type { RandomStream } from '../../numeric/index.ts';

export interface MachineHost {
  /** Microseconds; the host sets it before each call of the runtime. */
  now: number;
  /** A time at which it is midnight, microseconds: what `at "18:00"` counts from. Absent: 0 is midnight. */
  readonly midnight?: number;
  /** The next time at which it is that time of day: after a time, never then. Absent: days have 24 hours. */
  nextTimeOfDay?(timeOfDay: number, after: number): number;
  /** One for each of `CompiledMachine.randomSources`, in that order. */
  readonly streams: readonly RandomStream[];
  /** Asks for `runtime.timerFired(instance, timer)` at `due`. Returns a handle (a 32-bit integer) for `stopTimer`. */
  startTimer(instance: number, timer: number, due: number): number;
  /** May do nothing: a timer that fires though it was stopped is ignored by the runtime. */
  stopTimer(handle: number, instance: number, timer: number): void;
  /**
   * A signal leaves the instance (to itself only if delayed). `values` is reused: copy what is kept. `sender` is what
   * the event being handled came with.
   */
  send(
    instance: number,
    signal: number,
    values: readonly Known[],
    target: SendTarget,
    delay: number,
    sender: number,
  ): void;
  /** What an instance's own signals say of their sender; absent: its number. */
  addressOf?(instance: number): number;
  /**
   * Where it is there, it takes what the instance sends to itself without delay and the changes that it notices (-1 - index), and
   * gives them back by `runtime.handlePooled` when it likes: other events may be in front of them.
   */
  pooled?(event: number, values: readonly Known[]): void;
  /**
   * A call has been handled; `value` is its reply, null where the behaviours returned none or the call was discarded.
   * A call that is deferred is answered later.
   */
  replied?(instance: number, event: number, value: Known, sender: number): void;
  /**
   * An action calls an operation of a component: its reply. Where it is not there, the operation's own law answers. It may not keep the
   * step waiting: a run-to-completion step takes no time.
   */
  answer?(instance: number, operation: ElementId, values: readonly Value[], law: () => Value): Value;
  /**
   * The instance reached its end, or a run-time error ended it. Its state can be read for the last time; its id is never
   * used again.
   */
  ended(instance: number, problem: RunProblem | null): void;
}

/** Told of every occurrence, by index in the compiled machine. Only where somebody looks: it costs time. */
export interface MachineObserver {
  entered(instance: number, vertex: number): void;
  exited(instance: number, vertex: number): void;
  taken(instance: number, transition: number): void;
  /** No transition takes the event: UML discards it. */
  discarded(instance: number, event: number): void;
  /** An active state keeps the event for later. */
  deferred(instance: number, event: number): void;
  /** A terminate pseudostate was reached. */
  terminated(instance: number, vertex: number): void;
  /** By an action of `runtime.acting`, as are sends. */
  logged(instance: number, text: string, place: Place): void;
  sent(instance: number, signal: number, values: readonly Known[], target: SendTarget, delay: number): void;
  /** A call by an action has been answered. */
  called?(instance: number, operation: ElementId, values: readonly Value[], reply: Value): void;
}

/** Decides what a run leaves open, where the values are not known; the recogniser's way to follow every possibility. */
export interface Oracle {
  /** Something may or may not hold. */
  maybe(): boolean;
  /** One of `count` possibilities, 0 … count - 1. */
  pick(count: number): number;
  /**
   * Which of `count` that UML leaves unordered goes first: regions that take the same event, competing transitions, timers
   * that are due together. Without it they go in the order of the text. `transitions`: those with one source, of which only
   * one is taken; `activities`: whether a do-activity goes on now or later.
   */
  order?(count: number, among?: 'transitions' | 'activities'): number;
}

/** What became of an event. */
export const delivery = {
  /** The instance has ended or never was. */
  missing: -1,
  /** No transition takes it. */
  discarded: 0,
  taken: 1,
  /** Kept until no active state defers it. */
  deferred: 2,
} as const;
export type Delivery = (typeof delivery)[keyof typeof delivery];
