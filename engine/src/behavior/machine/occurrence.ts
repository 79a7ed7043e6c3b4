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
  /** An action calls an operation of a component, and has its reply; null where the call failed or returned nothing. */
  | {
      readonly kind: 'call';
      /** By parameter. */
      readonly values: Readonly<Record<ElementId, Value>>;
      readonly reply: Value;
    }
  | { readonly kind: 'log'; readonly text: string; readonly place: Place }
  | {
      readonly kind: 'send';
      /** By attribute. */
      readonly values: Readonly<Record<ElementId, Value>>;
      /** A lifeline, a component, or the machine or activity of which `key` tells the instance. */
      readonly to: 'self' | 'sender' | ElementId;
      readonly key?: Value;
      readonly delay: number;
    }
  | { readonly kind: 'error'; readonly problem: RunProblem }
);
