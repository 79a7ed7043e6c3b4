/** Test cases as the UML Testing Profile has them: deterministic runs of one behaviour. */
import type { Argument } from './action.ts';
import type { OperationCost } from './component.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';

export interface TestCase extends Element {
  readonly kind: 'test';
  /** A machine, interaction or activity. */
  readonly behaviour: ElementId;
  readonly arguments: readonly Argument[];
  /** The verdict must be the same in every order that UML leaves open. */
  readonly everyOrder: boolean;
  readonly steps: readonly TestStep[];
}

export type TestStep = Element & {
  /** As it is written. */
  readonly text: string;
} & (
    | {
        readonly kind: 'send';
        readonly signal: ElementId;
        readonly arguments: readonly Argument[];
        /** Of an interaction; absent = to the machine or activity under test. */
        readonly lifeline?: ElementId;
      }
    | { readonly kind: 'call'; readonly operation: ElementId; readonly arguments: readonly Argument[] }
    | { readonly kind: 'after'; readonly delay: Expression }
    /** A stand-in answers for the operation. */
    | { readonly kind: 'given'; readonly operation: ElementId; readonly cost: OperationCost }
    | { readonly kind: 'never'; readonly state: ElementId }
    | { readonly kind: 'never-holds'; readonly condition: Expression }
    | { readonly kind: 'expect'; readonly condition: Expression }
    | { readonly kind: 'expect-ended'; readonly result?: Expression }
  );
