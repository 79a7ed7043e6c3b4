/** Activities and the resources that their actions hold; UML 2.5.1 clauses 15 and 16, tokens as in fUML. */
import type { Action, Argument, SendTarget } from './action.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { ValueType, Variable } from './value-type.ts';

/** People, rooms, machines: shared by all invocations. */
export interface Resource extends Element {
  readonly kind: 'resource';
  /** Where no shift says otherwise. */
  readonly count: number;
  /** IANA name of the time zone of the shifts; absent = that of the run's beginning. */
  readonly timezone?: string;
  /** The last that covers a moment counts. */
  readonly shifts: readonly Shift[];
}

/** `from` and `to` are microseconds since midnight; `to` not above `from` reaches into the next day. */
export interface Shift {
  /** 0 = Monday … 6 = Sunday; empty = every day. */
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A claim on a resource. */
export interface ResourceUse {
  readonly resource: ElementId;
  readonly amount: number;
  /** Greater goes first. */
  readonly priority?: Expression;
}

export interface Activity extends Element {
  readonly kind: 'activity';
  readonly parameters: readonly Variable[];
  readonly variables: readonly Variable[];
  readonly partitions: readonly Element[];
  readonly nodes: readonly ActivityNode[];
  /** All edges whose source lies right in the activity (not in a structured node or region), in the order of the text. */
  readonly edges: readonly ActivityEdge[];
}

export type ActivityNode =
  | ControlNode
  | ActionNode
  | BufferNode
  | AcceptNode
  | SendNode
  | AcquireNode
  | ReleaseNode
  | StructuredNode
  | InterruptibleRegion;

interface ControlNode extends Element {
  readonly kind: 'initial' | 'decision' | 'merge' | 'fork' | 'join' | 'activity-final' | 'flow-final';
}

export interface ActivityEdge extends Element {
  readonly kind: 'edge';
  readonly source: ElementId;
  readonly target: ElementId;
  readonly guard?: Expression;
  readonly weight?: number;
  readonly isElse: boolean;
  /** Actions on the way. */
  readonly effect: readonly Action[];
}

/** What is held, and how long somebody waits for it. */
export interface Claim {
  readonly uses: readonly ResourceUse[];
  /** Who has waited that long leaves along the edge to `abandoned`. */
  readonly patience?: { readonly limit: Expression; readonly abandoned: ElementId };
}

export interface ActionNode extends Element, Claim {
  readonly kind: 'action';
  /** Done once for so many tokens, of whatever invocations; or for fewer, so long after the first has come. */
  readonly batch?: { readonly size: number; readonly limit?: Expression };
  readonly partition?: ElementId;
  readonly work:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'takes' | 'delays'; readonly time: Expression }
    | { readonly kind: 'call'; readonly operation: ElementId; readonly arguments: readonly Argument[] }
    | { readonly kind: 'invoke'; readonly behaviour: ElementId; readonly arguments: readonly Argument[] };
}

/** Keeps tokens until somebody takes them. */
export interface BufferNode extends Element {
  readonly kind: 'buffer';
  readonly type: ValueType;
}

export interface AcceptNode extends Element {
  readonly kind: 'accept';
  readonly event:
    | { readonly kind: 'signal'; readonly signals: readonly ElementId[]; readonly bindings: readonly Variable[] }
    | { readonly kind: 'time'; readonly delay: Expression }
    /** Microseconds since midnight. */
    | { readonly kind: 'clock'; readonly timeOfDay: number }
    | { readonly kind: 'change'; readonly condition: Expression };
  readonly guard?: Expression;
}

export interface SendNode extends Element {
  readonly kind: 'send';
  readonly signal: ElementId;
  readonly arguments: readonly Argument[];
  readonly to: SendTarget;
  readonly delay?: Expression;
}

/** Held from here until a `release`. */
export interface AcquireNode extends Element, Claim {
  readonly kind: 'acquire';
}

export interface ReleaseNode extends Element {
  readonly kind: 'release';
  readonly uses: readonly ResourceUse[];
}

/** Holds its resources for the whole of what is inside. */
export interface StructuredNode extends Element, Claim {
  readonly kind: 'structured';
  readonly partition?: ElementId;
  readonly nodes: readonly ActivityNode[];
  readonly edges: readonly ActivityEdge[];
}

export interface InterruptibleRegion extends Element {
  readonly kind: 'interruptible';
  readonly nodes: readonly ActivityNode[];
  readonly edges: readonly ActivityEdge[];
  readonly interrupts: readonly Interrupt[];
}

/** An interrupting edge: takes every token out of its region. */
export interface Interrupt extends Element {
  readonly kind: 'interrupt';
  readonly signals: readonly ElementId[];
  readonly bindings: readonly Variable[];
  readonly guard?: Expression;
  readonly effect: readonly Action[];
  readonly target: ElementId;
}
