/** Components and what their operations cost. */
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { ValueType, Variable } from './value-type.ts';

export interface Component extends Element {
  readonly kind: 'component';
  /** Not ours to deploy: runs nowhere in the deployment, has no cores to contend for. */
  readonly external: boolean;
  readonly operations: readonly Operation[];
  /** Machines whose instances live in this component. */
  readonly owns: readonly ElementId[];
}

export interface Operation extends Element {
  readonly kind: 'operation';
  readonly parameters: readonly Variable[];
  readonly returns: ValueType;
  /** Time on a core, spent before the first nested message. */
  readonly takes?: Expression;
  /** Time that passes without a core. */
  readonly delays?: Expression;
  /** `fails 0.3 %`, or fast: `fails 0.3 % after 5 ms`. */
  readonly fails?: { readonly probability: number; readonly after?: Expression };
  /** `returns chance(96 %)`: what a call yields where no interaction's `return` says so. */
  readonly result?: Expression;
}
