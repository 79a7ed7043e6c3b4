/** Actions: the effects of transitions, entry and exit behaviours, and what interactions do between messages. */
import type { ElementId, Place } from './element.ts';
import type { Expression } from './expression.ts';

export type Action =
  | {
      readonly kind: 'assign';
      readonly variable: ElementId;
      readonly operator: '=' | '+=' | '-=';
      readonly value: Expression;
      readonly place: Place;
    }
  /** A signal to a lifeline, to the machine itself, or to the sender of the event being handled. */
  | {
      readonly kind: 'send';
      readonly signal: ElementId;
      readonly arguments: readonly Argument[];
      readonly target: SendTarget;
      readonly delay?: Expression;
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
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: readonly Action[]; readonly place: Place }
  | { readonly kind: 'assert'; readonly condition: Expression; readonly place: Place };

/** An argument with the attribute or parameter it goes to. */
export interface Argument {
  readonly parameter: ElementId;
  readonly value: Expression;
}

export type SendTarget =
  | { readonly kind: 'self' }
  | { readonly kind: 'sender' }
  | { readonly kind: 'lifeline'; readonly lifeline: ElementId };
