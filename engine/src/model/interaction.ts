/** Interactions (sequence diagrams): lifelines, messages and combined fragments; UML 2.5.1 clause 17. */
import type { Action, Argument } from './action.ts';
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
    /** A new instance (arguments) or an existing one (key). */
    | {
        readonly kind: 'machine';
        readonly machine: ElementId;
        readonly arguments: readonly Argument[];
        readonly key?: Expression;
      };
}

export type Fragment = Message | CombinedFragment | ReturnFragment | ActionFragment | InvariantFragment;

export interface Message extends Element {
  readonly kind: 'message';
  readonly sort: 'synchronous-call' | 'asynchronous-call' | 'signal';
  readonly from: ElementId;
  readonly to: ElementId;
  /** The operation called or the signal sent. */
  readonly signature: ElementId;
  readonly arguments: readonly Argument[];
  /** `x = a -> b.op()`: the variable that takes the reply. */
  readonly result?: ElementId;
  /** `within [min ..] max [for share]`: duration constraint on the call. */
  readonly within?: { readonly minimum?: number; readonly maximum: number; readonly share?: number };
  /** The braces: what happens on the callee during the execution. */
  readonly execution: readonly Fragment[];
}

export interface CombinedFragment extends Element {
  readonly kind: 'alt' | 'opt' | 'loop' | 'par' | 'break';
  /** Only `loop`: how often, `maximum` null where unbounded. */
  readonly minimum?: number;
  readonly maximum?: number | null;
  readonly operands: readonly Operand[];
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
