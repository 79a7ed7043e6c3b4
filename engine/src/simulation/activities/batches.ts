/**
 * Actions that are done once for several tokens, of whatever invocations: who has come waits until the batch is full, or its first
 * has waited long enough. The work itself, with what it uses, is a small activity of its own.
 */
import { type ActivityRuntime, batchOf, type DelegatedWork } from '../../behavior/index.ts';
import type { Known } from '../../expressions/index.ts';
import type { ActionNode, Activity } from '../../model/index.ts';
import { waiterOf, waiters } from '../waiters.ts';
import type { Errands } from './errands.ts';
import { oneStepActivity } from './one-step-activity.ts';

/** Null where the action is none of a batch. */
export function batchActivity(around: Activity, action: ActionNode): Activity | null {
  if (action.batch === undefined) return null;
  const { uses, work } = action;
  return oneStepActivity(batchOf(action.id), action, [...around.parameters, ...around.variables], { uses, work });
}

/** Tokens that go together, and the values of the invocation of the first. */
interface Batch {
  readonly tokens: number[];
  readonly values: readonly Known[];
}

export class Batches {
  readonly #runtime: ActivityRuntime;
  readonly #errands: Errands;
  /** How long the first of a batch of this action waits at the most, microseconds. */
  readonly #patience: (element: string, values: readonly Known[]) => number;
  /** By action: who waits there; by token: with whom it goes. */
  readonly #gathering = new Map<string, Batch>();
  readonly #batchOf = new Map<number, Batch>();
  /** By number: batches whose work is under way. */
  readonly #underWay: (Batch | null)[] = [];
  readonly #free: number[] = [];

  constructor(
    runtime: ActivityRuntime,
    errands: Errands,
    patience: (element: string, values: readonly Known[]) => number,
  ) {
    this.#runtime = runtime;
    this.#errands = errands;
    this.#patience = patience;
  }

  clear(): void {
    this.#gathering.clear();
    this.#batchOf.clear();
    this.#underWay.length = 0;
    this.#free.length = 0;
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
      this.#errands.later(() => this.#start(batch.activity, own));
    };
    if (own.tokens.length >= batch.size) leave();
    else if (known === undefined && batch.limit !== null)
      this.#errands.after(this.#patience(element, own.values), leave);
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

  /** The work of a batch, by its number, is done: who went along goes on. */
  ended(number: number, hasFailed: boolean): void {
    const batch = this.#underWay[number] ?? null;
    if (batch === null) return;
    this.#underWay[number] = null;
    this.#free.push(number);
    for (const token of batch.tokens) {
      this.#batchOf.delete(token);
      this.#runtime.resume(token, hasFailed);
    }
  }

  #start(activity: number, batch: Batch): void {
    if (batch.tokens.length === 0) return;
    const number = this.#free.pop() ?? this.#underWay.length;
    this.#underWay[number] = batch;
    if (this.#runtime.begin(activity, batch.values, waiterOf(waiters.batch, number)) < 0) this.ended(number, true);
    this.#runtime.settle();
  }
}
