/** State machines as UML 2.5.1 clause 14 structures them. */
import type { Action, Argument } from './action.ts';
import type { ResourceUse } from './activity.ts';
import type { Operation } from './component.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { Variable } from './value-type.ts';

export interface Machine extends Element {
  readonly kind: 'machine';
  /** `machine Express extends Order`: what is declared here redefines what has the same name there. */
  readonly extends?: ElementId;
  /** Given when an instance is created. */
  readonly parameters: readonly Variable[];
  readonly variables: readonly Variable[];
  /** What can be called on an instance. */
  readonly operations: readonly Operation[];
  /** What holds whenever it rests. Absent where there is nothing. */
  readonly invariants?: readonly Expression[];
  /** At least one; orthogonal where more. */
  readonly regions: readonly Region[];
  /** Entry and exit points of the machine itself, for those who use it as a submachine. */
  readonly connectionPoints: readonly Pseudostate[];
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
  /** What entry and exit take of the event that the state is entered or left by, by position. Absent where nothing. */
  readonly entryParameters?: readonly Variable[];
  readonly exitParameters?: readonly Variable[];
  readonly activity?: DoActivity;
  /** What holds whenever the machine rests in it (UML stateInvariant). Absent where there is nothing. */
  readonly invariants?: readonly Expression[];
  /** Events kept for later while the state is active. */
  readonly deferred: readonly DeferredEvent[];
  /** Empty for a simple state. */
  readonly regions: readonly Region[];
  /** Entry and exit points on the border of the state. Their outgoing transitions stand in the region that holds the state. */
  readonly connectionPoints: readonly Pseudostate[];
  /** `state Pay : Payment`: the state stands for a whole machine. */
  readonly submachine?: {
    readonly machine: ElementId;
    readonly arguments: readonly Argument[];
    readonly exits: readonly ExitConnection[];
  };
}

/** What an exit point of a submachine leads to. */
export interface ExitConnection extends Element {
  readonly kind: 'exit-connection';
  readonly point: ElementId;
  readonly target: Target;
  readonly effect: readonly Action[];
}

/** `do takes d using clerk / actions`, `do ref Stay(p)`: runs beside the state, then completes it; aborted on exit. */
export interface DoActivity {
  /** What it takes of the event that the state is entered by, by position. Absent where nothing. */
  readonly parameters?: readonly Variable[];
  readonly takes?: Expression;
  readonly uses: readonly ResourceUse[];
  readonly actions: readonly Action[];
  readonly invokes?: { readonly behaviour: ElementId; readonly arguments: readonly Argument[] };
}

export type DeferredEvent =
  | { readonly kind: 'signal'; readonly signal: ElementId }
  | { readonly kind: 'call'; readonly operation: ElementId };

export interface FinalState extends Element {
  readonly kind: 'final';
}

export interface Pseudostate extends Element {
  readonly kind:
    | 'initial'
    | 'choice'
    | 'junction'
    | 'fork'
    | 'join'
    | 'shallow-history'
    | 'deep-history'
    | 'entry-point'
    | 'exit-point'
    | 'terminate';
}

/** A vertex, or the entry point of the machine that a submachine state stands for: `Pay.p`. */
export interface Target {
  readonly vertex: ElementId;
  readonly entryPoint?: ElementId;
}

export interface Transition extends Element {
  readonly kind: 'transition';
  readonly sort: 'external' | 'local' | 'internal';
  readonly source: ElementId;
  /** Absent for internal transitions. */
  readonly target?: ElementId;
  /** Where the target is a submachine state: the entry point of its machine that is entered. */
  readonly entryPoint?: ElementId;
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
  /** `on call op(x)`: bindings name the operation's parameters by position. */
  | { readonly kind: 'call'; readonly operation: ElementId; readonly bindings: readonly Variable[] }
  /** `after d`: relative time event, from entering the source state. */
  | { readonly kind: 'time'; readonly delay: Expression }
  /** `at "18:00"`: the next such time of day, microseconds since midnight. */
  | { readonly kind: 'clock'; readonly timeOfDay: number }
  | { readonly kind: 'change'; readonly condition: Expression }
  | { readonly kind: 'completion' }
  /** The only trigger of transitions that leave a pseudostate. */
  | { readonly kind: 'none' };
