/** What goes on while an interaction is played, for whoever looks on. Knows nothing of how it is played. */
import type { CompiledMessage } from '../behavior/index.ts';
import type { ElementId } from '../model/index.ts';

/** What a lifeline does between the receipt of a message and its reply: UML's execution specification (2.5.1, 17.2). */
export interface Execution {
  /** Null: the interaction itself. */
  readonly message: CompiledMessage | null;
  readonly caller: Execution | null;
  /** Microseconds. */
  readonly since: number;
  /** The step that it is at. */
  at: ElementId | null;
}

/** What goes on beside others: the interaction, an operand of `par`, what an asynchronous message starts. */
export interface Branch {
  readonly from: Branch | null;
}

/** A step that is about to be done. */
export interface ReachedStep {
  readonly element: ElementId;
  readonly execution: Execution;
  readonly branch: Branch;
  /** Executions and operands around it. */
  readonly depth: number;
}
