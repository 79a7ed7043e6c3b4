/** What a debugger can stop at: one moment of a run, with all that can be seen then. Plain data. */
import type { Deferred, Pending } from '@pollux/engine/behavior';
import type { Known, RunProblem } from '@pollux/engine/expressions';
import type { ElementId, Place, Value } from '@pollux/engine/model';

/** One line for the debug console. */
export interface Output {
  readonly text: string;
  readonly isError: boolean;
  readonly place?: Place;
}

export interface Moment {
  /** About to enter, leave, take a transition, do an action; `rest`: the machine waits for what happens next, or has ended. */
  readonly kind: 'enter' | 'exit' | 'transition' | 'action' | 'rest';
  /** The state, transition, or for an action whose behaviour it belongs to; the machine at rest. */
  readonly element: ElementId;
  readonly place: Place;
  /** 0 for states and transitions and at rest, 1 for their actions, more for actions within actions. */
  readonly depth: number;
  readonly time: number;
  readonly began: number;
  /** By position in the compiled machine's variables. */
  readonly slots: readonly Known[];
  /** Innermost active vertex by strand, -1 where there is none. */
  readonly active: readonly number[];
  readonly event: EventSeen | null;
  readonly timers: readonly Pending[];
  readonly deferred: readonly Deferred[];
  /** What was said since the moment before. */
  readonly output: readonly Output[];
  /** What ended the run here. */
  readonly problem: RunProblem | null;
}

/** The event that is being handled: what it is called, and the values it carries by name. */
export interface EventSeen {
  readonly name: string;
  readonly element: ElementId | null;
  readonly values: readonly { readonly name: string; readonly value: Value }[];
  /** By position, as bindings see them. */
  readonly carried: readonly Known[];
}

/** What happens to the instance from outside. Values by position; times are microseconds. */
export type Happening =
  | { readonly kind: 'create'; readonly values: readonly Value[] }
  | { readonly kind: 'event'; readonly element: ElementId; readonly values: readonly Value[] }
  | { readonly kind: 'after'; readonly delay: number }
  /** What is left of an `after` that a timer interrupted. */
  | { readonly kind: 'until'; readonly time: number };
