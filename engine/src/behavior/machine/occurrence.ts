/** What a stepped instance does, in order: the trace that debuggers, tests and recordings read. Plain data. */
import type { RunProblem } from '../../expressions/index.ts';
import type { ElementId, Place, Value } from '../../model/index.ts';

export type Occurrence = {
  /** Microseconds. */
  readonly time: number;
  /** The vertex, transition, signal, operation or machine that the occurrence is about. */
  readonly element: ElementId;
} & (
  | { readonly kind: 'enter' | 'exit' | 'transition' | 'discard' | 'defer' | 'complete' | 'terminate' }
  /** A call is answered; null where nothing was returned. */
  | { readonly kind: 'reply'; readonly value: Value }
  | { readonly kind: 'log'; readonly text: string; readonly place: Place }
  | {
      readonly kind: 'send';
      /** By attribute. */
      readonly values: Readonly<Record<ElementId, Value>>;
      readonly to: 'self' | 'sender' | ElementId;
      readonly delay: number;
    }
  | { readonly kind: 'error'; readonly problem: RunProblem }
);
