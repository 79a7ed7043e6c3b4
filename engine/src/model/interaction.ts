/** Interactions (sequence diagrams): lifelines, messages and combined fragments; UML 2.5.1 clause 17. */
import type { Action, Argument } from './action.ts';
import type { CallPolicy } from './component.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { Variable } from './value-type.ts';

export interface Interaction extends Element {
  readonly kind: 'interaction';
  readonly parameters: readonly Variable[];
  readonly variables: readonly Variable[];
  readonly lifelines: readonly Lifeline[];
  readonly body: readonly Fragment[];
}

export interface Lifeline extends Element {
  readonly kind: 'lifeline';
  readonly represents:
    | { readonly kind: 'actor' }
    | { readonly kind: 'component'; readonly component: ElementId }
    /** `key` absent: a new instance, created by the first message with these arguments; else an existing one. */
    | {
        readonly kind: 'machine';
        readonly machine: ElementId;
        readonly arguments: readonly Argument[];
        readonly key?: Expression;
      };
}

export type Fragment =
  | Message
  | Consumer
  | LifecycleFragment
  | CombinedFragment
  | InteractionUse
  | WorkFragment
  | ReturnFragment
  | ActionFragment
  | InvariantFragment;

/** Absent ends: a lost message has no receiver, a found one no sender. */
export interface Message extends Element {
  readonly kind: 'message';
  readonly sort: 'synchronous-call' | 'asynchronous-call' | 'signal' | 'publication' | 'lost' | 'found';
  /** A lifeline, or a broker component that has none of its own; empty for a found message. */
  readonly from: ElementId;
  /** Empty for a lost message. */
  readonly to: ElementId;
  /** The operation called, the signal sent or the topic published to; empty where a lost message names none. */
  readonly signature: ElementId;
  readonly arguments: readonly Argument[];
  /** `x = a -> b.op()`: the variable that takes the reply. */
  readonly result?: ElementId;
  /** `within [min ..] max [for share]`: duration constraint on the call. */
  readonly within?: { readonly minimum?: number; readonly maximum: number; readonly share?: number };
  /** Overrides what the caller's `requires` says. */
  readonly policy?: CallPolicy;
  /** The braces: what happens on the callee during the execution. */
  readonly execution: readonly Fragment[];
  /** What the caller does where the call fails for good. */
  readonly fallback?: readonly Fragment[];
}

/** `on Events.placed(order) -> shipping.dispatch(order) { … }`: what follows a publication, once a message. */
export interface Consumer extends Element {
  readonly kind: 'consumer';
  readonly broker: ElementId;
  readonly topic: ElementId;
  readonly bindings: readonly Variable[];
  readonly to: ElementId;
  readonly operation: ElementId;
  readonly arguments: readonly Argument[];
  readonly policy?: CallPolicy;
  readonly within?: Message['within'];
  readonly execution: readonly Fragment[];
}

/** `create order`, `destroy order`. */
export interface LifecycleFragment extends Element {
  readonly kind: 'create' | 'destroy';
  readonly lifeline: ElementId;
  /** Who does it, where the text says so; else the lifeline of the enclosing execution. */
  readonly from?: ElementId;
}

export interface CombinedFragment extends Element {
  readonly kind:
    | 'alt'
    | 'opt'
    | 'loop'
    | 'par'
    | 'break'
    | 'critical'
    | 'strict'
    | 'seq'
    | 'neg'
    | 'assert'
    | 'ignore'
    | 'consider';
  /** Only `loop`: how often, `maximum` null where unbounded. */
  readonly minimum?: number;
  readonly maximum?: number | null;
  /** Only `ignore` and `consider`: signals and operations. */
  readonly messages?: readonly ElementId[];
  readonly operands: readonly Operand[];
}

/** `ref Other(args)`. */
export interface InteractionUse extends Element {
  readonly kind: 'ref';
  readonly interaction: ElementId;
  readonly arguments: readonly Argument[];
}

/** `takes d` or `delays d` at its place, instead of before the first nested message. */
export interface WorkFragment extends Element {
  readonly kind: 'work';
  readonly sort: 'takes' | 'delays';
  readonly time: Expression;
}

export interface Operand extends Element {
  readonly kind: 'operand';
  readonly guard?: Expression;
  /** Fraction among the operands whose guard holds. */
  readonly weight?: number;
  readonly isElse: boolean;
  readonly body: readonly Fragment[];
}

export interface ReturnFragment extends Element {
  readonly kind: 'return';
  readonly value?: Expression;
}

export interface ActionFragment extends Element {
  readonly kind: 'action';
  readonly action: Action;
}

export interface InvariantFragment extends Element {
  readonly kind: 'invariant';
  readonly condition: Expression;
}
