/** State machines as UML 2.5.1 clause 14 structures them. */
import type { Action } from './action.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { Variable } from './value-type.ts';

export interface Machine extends Element {
  readonly kind: 'machine';
  /** Given when an instance is created. */
  readonly parameters: readonly Variable[];
  readonly variables: readonly Variable[];
  /** At least one; orthogonal where more. */
  readonly regions: readonly Region[];
}

/** Unnamed where a state's braces hold the vertices directly. */
export interface Region extends Element {
  readonly kind: 'region';
  readonly vertices: readonly Vertex[];
  /** All transitions whose source vertex lies directly in this region, in the order of the text. */
  readonly transitions: readonly Transition[];
}

export type Vertex = State | FinalState | Pseudostate;

export interface State extends Element {
  readonly kind: 'state';
  readonly entry: readonly Action[];
  readonly exit: readonly Action[];
  /** `do takes d`: passes that time, then completes. */
  readonly activity?: { readonly takes: Expression };
  /** Empty for a simple state. */
  readonly regions: readonly Region[];
}

export interface FinalState extends Element {
  readonly kind: 'final';
}

export interface Pseudostate extends Element {
  readonly kind: 'initial' | 'choice' | 'junction';
}

export interface Transition extends Element {
  readonly kind: 'transition';
  readonly sort: 'external' | 'local' | 'internal';
  readonly source: ElementId;
  /** Absent for internal transitions. */
  readonly target?: ElementId;
  readonly trigger: Trigger;
  readonly guard?: Expression;
  /** A branch of a choice: probability weight (fraction) among the branches whose guard holds. */
  readonly weight?: number;
  /** A branch of a choice taken when no other is. */
  readonly isElse: boolean;
  readonly effect: readonly Action[];
}

export type Trigger =
  /** `on Pay(ok, amount)`: bindings name the signal's attributes by position. */
  | { readonly kind: 'signal'; readonly signals: readonly ElementId[]; readonly bindings: readonly Variable[] }
  | { readonly kind: 'any' }
  /** `after d`: relative time event, from entering the source state. */
  | { readonly kind: 'time'; readonly delay: Expression }
  | { readonly kind: 'change'; readonly condition: Expression }
  | { readonly kind: 'completion' }
  /** The only trigger of transitions that leave a pseudostate. */
  | { readonly kind: 'none' };
