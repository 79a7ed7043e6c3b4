/**
 * An interaction compiled once, for everyone who runs it: the generator flattens this tree into a program, the
 * recogniser walks it. Names are resolved to small integers; expressions stay typed trees, with the slot of every
 * variable they may read. Knows nothing of time, resources or observations.
 *
 * What another interaction declares and this one uses (`ref`, a consumer) is part of the tree: `id` is the element that
 * it was compiled from, `key` tells apart what comes from the same element, and is the same as `id` otherwise.
 */
import type {
  Action,
  Argument,
  ElementId,
  Expression,
  Interaction,
  Lifeline,
  Message,
  Topic,
  Variable,
} from '../../model/index.ts';

export interface CompiledInteraction {
  readonly interaction: Interaction;
  /** What a run remembers: the parameters, then the variables. */
  readonly slots: readonly Slot[];
  readonly slotOf: ReadonlyMap<ElementId, number>;
  /** `lifelines[i].index === i`, in the order of the text; so for messages, operands and the steps that own them. */
  readonly lifelines: readonly CompiledLifeline[];
  readonly lifelineOf: ReadonlyMap<ElementId, number>;
  readonly messages: readonly CompiledMessage[];
  readonly operands: readonly CompiledOperand[];
  readonly body: Sequence;
}

export interface Slot {
  readonly index: number;
  readonly variable: Variable;
  readonly kind: 'parameter' | 'variable';
}

export interface CompiledLifeline {
  readonly index: number;
  readonly id: ElementId;
  readonly key: ElementId;
  readonly name: string;
  readonly represents: Lifeline['represents'];
}

/** Steps that happen one after another. */
export type Sequence = readonly Step[];

export type Step =
  | MessageStep
  | AlternativeStep
  | LoopStep
  | ParallelStep
  | GroupStep
  | UseStep
  | ConsumerStep
  | LifecycleStep
  | WorkStep
  | BreakStep
  | ReturnStep
  | ActionStep
  | InvariantStep;

interface MessageStep {
  readonly kind: 'message';
  readonly message: CompiledMessage;
}

export interface CompiledMessage {
  readonly index: number;
  readonly id: ElementId;
  readonly key: ElementId;
  readonly name: string;
  /** Only a synchronous call is waited for. */
  readonly sort: Message['sort'];
  readonly from: number;
  readonly to: number;
  /** Operation or signal. */
  readonly signature: ElementId;
  readonly arguments: readonly Argument[];
  /** Slot that takes the reply. */
  readonly result: number | undefined;
  readonly within: Message['within'];
  /** As the message itself says: beside what the caller's component requires. */
  readonly policy: Message['policy'];
  /** What happens on the receiver between its start and its reply. */
  readonly execution: Sequence;
  /** The message whose execution this one is sent from; undefined at the top of the interaction. */
  readonly enclosing: number | undefined;
  /** What the caller does instead of failing where the call fails. */
  readonly fallback: Sequence | undefined;
  /** It follows a publication: what shows it may be elsewhere. */
  readonly isConsumed: boolean;
  /** Where it takes what was published from. */
  readonly delivery: FromTopic | undefined;
}

/** A topic whose publications are taken one after the other, and the names under which their values are kept here. */
export interface FromTopic {
  readonly topic: Topic;
  readonly publishedAs: ReadonlyMap<ElementId, ElementId>;
}

/**
 * `alt` and `opt` (an `alt` with one operand that may be skipped). Operands whose guard holds are kept; weights apply
 * among them, what they leave goes to the first kept operand without a weight, or to `else`. Where the weights
 * written add up to 1, those of the kept ones are scaled to 1; otherwise no operand at all may be taken.
 */
export interface AlternativeStep {
  readonly kind: 'alternative';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly operands: readonly CompiledOperand[];
}

export interface CompiledOperand {
  readonly index: number;
  readonly id: ElementId;
  readonly key: ElementId;
  readonly guard: Expression | undefined;
  readonly weight: number | undefined;
  readonly isElse: boolean;
  readonly body: Sequence;
}

/** At least `minimum` times; then as long as the guard holds, at most `maximum` times (null: no bound). */
export interface LoopStep {
  readonly kind: 'loop';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly minimum: number;
  readonly maximum: number | null;
  readonly operand: CompiledOperand;
}

/** All operands at the same time; goes on when all have ended. */
export interface ParallelStep {
  readonly kind: 'parallel';
  readonly id: ElementId;
  readonly operands: readonly CompiledOperand[];
}

/** One operand after the other. */
export interface GroupStep {
  readonly kind: 'group';
  readonly id: ElementId;
  /** A critical region: nothing else happens meanwhile on these lifelines. */
  readonly critical: ReadonlySet<number> | undefined;
  readonly operands: readonly CompiledOperand[];
}

/** Another interaction in this place; a `return` inside ends only it. */
interface UseStep {
  readonly kind: 'use';
  readonly id: ElementId;
  readonly body: Sequence;
}

/** Happens where something is published, not here; who only watches may see it as a beginning. */
interface ConsumerStep {
  readonly kind: 'consumer';
  readonly id: ElementId;
  readonly message: CompiledMessage;
}

/** Makes or ends the instance that a lifeline stands for. */
interface LifecycleStep {
  readonly kind: 'create' | 'destroy';
  readonly id: ElementId;
  readonly lifeline: number;
}

/** Work at its place, instead of what the operation would do before its first message. */
export interface WorkStep {
  readonly kind: 'work';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly sort: 'takes' | 'delays';
  readonly time: Expression;
}

/**
 * Where the guard holds: runs its operand instead of the rest of what encloses it directly, that is: of the operand of
 * an `alt`, `opt` or `par`, of the whole `loop`, of the message's execution, or of the interaction.
 */
export interface BreakStep {
  readonly kind: 'break';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly operand: CompiledOperand;
}

/** Ends the execution of the enclosing message (within `par`: that operand) with a reply. */
export interface ReturnStep {
  readonly kind: 'return';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly value: Expression | undefined;
}

export interface ActionStep {
  readonly kind: 'action';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly action: Action;
}

interface InvariantStep {
  readonly kind: 'invariant';
  readonly id: ElementId;
  readonly key: ElementId;
  readonly condition: Expression;
}
