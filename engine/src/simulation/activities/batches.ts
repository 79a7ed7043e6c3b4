/**
 * Actions that are done once for several tokens, of whatever invocations: who has come waits until the batch is full, or its first
 * has waited long enough. The work itself, with what it uses, is a small activity of its own.
 */
import { batchOf, type DelegatedWork } from '../../behavior/index.ts';
import type { Known } from '../../expressions/index.ts';
import type { ActionNode, Activity } from '../../model/index.ts';
import { oneStepActivity } from './one-step-activity.ts';

/** Null where the action is none of a batch. */
export function batchActivity(around: Activity, action: ActionNode): Activity | null {
  if (action.batch === undefined) return null;
  const { uses, work } = action;
  return oneStepActivity(batchOf(action.id), action, [...around.parameters, ...around.variables], { uses, work });
}

/** Tokens that go together, and the values of the invocation of the first. */
export interface Batch {
  readonly tokens: number[];
  readonly values: readonly Known[];
}

export class Batches {
  /** By action: who waits there; by token: with whom it goes. */
  readonly #gathering = new Map<string, Batch>();
  readonly #batchOf = new Map<number, Batch>();
  readonly #leave: (activity: number, batch: Batch) => void;
  /** Does something when the batch of an action has waited long enough. */
  readonly #after: (element: string, values: readonly Known[], act: () => void) => void;

  constructor(
    leave: (activity: number, batch: Batch) => void,
    after: (element: string, values: readonly Known[], act: () => void) => void,
  ) {
    this.#leave = leave;
    this.#after = after;
  }

  clear(): void {
    this.#gathering.clear();
    this.#batchOf.clear();
  }

  add(token: number, { element, batch }: DelegatedWork, values: readonly Known[]): void {
    if (batch === null) return;
    const known = this.#gathering.get(element);
    const own = known ?? { tokens: [], values: [...values] };
    own.tokens.push(token);
    this.#batchOf.set(token, own);
    if (known === undefined) this.#gathering.set(element, own);
    const leave = (): void => {
      if (this.#gathering.get(element) !== own) return;
      this.#gathering.delete(element);
      this.#leave(batch.activity, own);
    };
    if (own.tokens.length >= batch.size) leave();
    else if (known === undefined && batch.limit !== null) this.#after(element, own.values, leave);
  }

  /** A token goes elsewhere; a batch that nobody is left of does not leave. */
  remove(token: number): void {
    const batch = this.#batchOf.get(token);
    if (batch === undefined) return;
    this.#batchOf.delete(token);
    batch.tokens.splice(batch.tokens.indexOf(token), 1);
    if (batch.tokens.length > 0) return;
    for (const [element, gathering] of this.#gathering) if (gathering === batch) this.#gathering.delete(element);
  }

  /** The work is done: who goes on. */
  end({ tokens }: Batch): readonly number[] {
    for (const token of tokens) this.#batchOf.delete(token);
    return tokens;
  }
}
