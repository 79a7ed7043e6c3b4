/** Actions: the effects of transitions, entry and exit behaviours, and what interactions do between messages. */
import type { ElementId, Place } from './element.ts';
import type { Expression } from './expression.ts';

export type Action =
  | {
      readonly kind: 'assign';
      readonly variable: ElementId;
      /** `p.severity = …`: the attributes that lead from the variable's value to what is replaced; absent for the variable itself. */
      readonly attributes?: readonly ElementId[];
      readonly operator: '=' | '+=' | '-=';
      readonly value: Expression;
      readonly place: Place;
    }
  /** A signal to a lifeline, to the machine itself, to the sender of the event being handled, or to an instance by its key. */
  | {
      readonly kind: 'send';
      readonly signal: ElementId;
      readonly arguments: readonly Argument[];
      readonly target: SendTarget;
      readonly delay?: Expression;
      readonly place: Place;
    }
  /** A synchronous call of a component's operation; `result` takes the reply. */
  | {
      readonly kind: 'call';
      readonly operation: ElementId;
      readonly arguments: readonly Argument[];
      readonly result?: { readonly variable: ElementId; readonly attributes?: readonly ElementId[] };
      readonly place: Place;
    }
  | { readonly kind: 'log'; readonly parts: readonly (string | Expression)[]; readonly place: Place }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Action[];
      readonly otherwise: readonly Action[];
      readonly place: Place;
    }
  /** The variable takes each value of the collection in its order. */
  | {
      readonly kind: 'for';
      readonly variable: ElementId;
      readonly collection: Expression;
      readonly body: readonly Action[];
      readonly place: Place;
    }
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: readonly Action[]; readonly place: Place }
  | { readonly kind: 'assert'; readonly condition: Expression; readonly place: Place }
  /** Ends the behaviour; its value is the reply to the call being handled. */
  | { readonly kind: 'return'; readonly value?: Expression; readonly place: Place };

/** An argument with the attribute or parameter it goes to. */
export interface Argument {
  readonly parameter: ElementId;
  readonly value: Expression;
}

export type SendTarget =
  | { readonly kind: 'self' }
  | { readonly kind: 'sender' }
  | { readonly kind: 'lifeline'; readonly lifeline: ElementId }
  /** `Order(key)`: that instance of a machine or activity. */
  | { readonly kind: 'instance'; readonly behaviour: ElementId; readonly key: Expression }
  /** Balanced over its replicas. */
  | { readonly kind: 'component'; readonly component: ElementId };
