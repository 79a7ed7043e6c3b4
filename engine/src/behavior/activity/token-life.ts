/**
 * How tokens of activities come, go along edges and end, and how an invocation ends with all it holds. Knows nothing of what a node
 * does with a token that has come, nor of events.
 */
import { type Effects, Frame, type Known, RunError } from '../../expressions/index.ts';
import type { ActivityHost } from './activity-host.ts';
import {
  type ActivityStore,
  BEGAN,
  DUE,
  HELD,
  HOLDS,
  INSIDE,
  IS_AGAIN,
  NEXT,
  NODE,
  NONE,
  ORDINAL,
  OTHER,
  PARENT,
  PREVIOUS,
  RUN,
  STATE,
  state,
  TIME_SHIFT,
  WORD_SHIFT,
} from './activity-store.ts';
import type { ActivityProgram, CompiledActivity } from './compiled-activity.ts';
import type { TokenPlaces } from './token-places.ts';

export const NO_VALUES: readonly Known[] = [];
/** Moves of tokens within one step after which they are taken to be endless. */
export const STEP_BUDGET = 200_000;

export class TokenLife {
  /** Tokens whose turn comes next; one that was taken out since is passed over. */
  readonly ready: number[] = [];
  /** The invocation whose expressions are being evaluated: the one that a run-time error ends. */
  current = NONE;
  readonly #program: ActivityProgram;
  readonly #host: ActivityHost;
  readonly #store: ActivityStore;
  readonly #clock: Float64Array;
  readonly #words: Int32Array;
  readonly #times: Float64Array;
  readonly #tokens: TokenPlaces;
  readonly #frame = new Frame();

  constructor(
    program: ActivityProgram,
    host: ActivityHost,
    store: ActivityStore,
    tokens: TokenPlaces,
    effects: Effects,
  ) {
    this.#program = program;
    this.#host = host;
    this.#store = store;
    this.#clock = host.clock;
    this.#words = store.words;
    this.#times = store.times;
    this.#tokens = tokens;
    this.#frame.effects = effects;
  }

  /** A new token that comes to a node; `isAgain`: one that keeps nothing going. */
  spawn(run: number, parent: number, node: number, isAgain = false): number {
    const token = this.#store.take();
    if (token === NONE) {
      const activity = this.activityOf(run);
      this.#host.full(activity);
      throw new RunError('step-budget', 'There are too many tokens at a time.', activity.nodes[node]!.label);
    }
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const head = (run << WORD_SHIFT) + NEXT;
    const next = words[head]!;
    words[at + NODE] = node;
    words[at + PARENT] = parent;
    words[at + RUN] = run;
    words[at + STATE] = state.ready;
    words[at + NEXT] = next;
    words[at + PREVIOUS] = run;
    words[at + ORDINAL] = 0;
    words[at + HELD] = NONE;
    words[at + INSIDE] = 0;
    words[at + HOLDS] = 0;
    words[at + OTHER] = NONE;
    words[at + IS_AGAIN] = isAgain ? 1 : 0;
    words[head] = token;
    if (next !== NONE) words[(next << WORD_SHIFT) + PREVIOUS] = token;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    if (!isAgain) words[((parent === NONE ? run : parent) << WORD_SHIFT) + INSIDE]!++;
    this.ready.push(token);
    return token;
  }

  leaveFirst(token: number, activity: CompiledActivity, node: number, values: readonly Known[] = NO_VALUES): void {
    const edge = activity.edgeCount[node]! > 0 ? activity.firstEdge[node]! : NONE;
    this.leave(token, activity, node, edge, values);
  }

  /** Along an edge, or where there is none to its end. */
  leave(
    token: number,
    activity: CompiledActivity,
    node: number,
    edge: number,
    values: readonly Known[] = NO_VALUES,
  ): void {
    this.#host.left(activity, token, node, true);
    if (edge >= 0) this.follow(token, activity, edge, values);
    else this.#endToken(token);
  }

  follow(token: number, activity: CompiledActivity, edge: number, values: readonly Known[] = NO_VALUES): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    words[at + NODE] = activity.targets[edge]!;
    words[at + ORDINAL] = activity.ordinals[edge]!;
    words[at + STATE] = state.ready;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    this.ready.push(token);
    this.#host.took(activity, edge);
    const effect = activity.effects[edge];
    if (effect !== null && effect !== undefined) effect(this.frameOf(words[at + RUN]!, values));
  }

  /** The node has done what it is for. */
  finish(token: number): void {
    const at = token << WORD_SHIFT;
    const activity = this.activityOf(this.#words[at + RUN]!);
    const node = this.#words[at + NODE]!;
    this.#giveBack(token, activity, node);
    this.leaveFirst(token, activity, node);
  }

  /** What happens in the braces of a structured node is over. */
  finishInside(owner: number): void {
    const run = this.#words[(owner << WORD_SHIFT) + RUN]!;
    this.kill(run, (token) => this.#tokens.isInside(token, owner), owner);
    this.finish(owner);
  }

  /** What it had acquired stays with what is around it. */
  #endToken(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const run = words[at + RUN]!;
    const parent = words[at + PARENT]!;
    const around = parent === NONE ? run : parent;
    this.#store.handOver(token, around);
    this.remove(token);
    if (words[(around << WORD_SHIFT) + INSIDE]! > 0) return;
    if (parent === NONE) this.end(run, false);
    else this.finishInside(parent);
  }

  #giveBack(token: number, activity: CompiledActivity, node: number): void {
    const at = (token << WORD_SHIFT) + HOLDS;
    if (this.#words[at] === 0) return;
    this.#words[at] = 0;
    this.#host.giveBack(activity.claims[node]!.uses);
  }

  /**
   * Takes tokens out where they stand: lines are left first, then everything is given back. What they had acquired goes to `heir`,
   * or is given back too.
   */
  kill(run: number, isDoomed: (token: number) => boolean, heir: number): void {
    const words = this.#words;
    const activity = this.activityOf(run);
    const doomed: number[] = [];
    for (let token = words[(run << WORD_SHIFT) + NEXT]!; token !== NONE; token = words[(token << WORD_SHIFT) + NEXT]!) {
      if (isDoomed(token)) doomed.push(token);
    }
    for (const token of doomed) {
      const at = token << WORD_SHIFT;
      const node = words[at + NODE]!;
      const was = words[at + STATE]!;
      if (was === state.waiting) this.#host.withdraw(token, activity.claims[node]!);
      if (was !== state.ready) this.#host.left(activity, token, node, false);
      if (was === state.elsewhere) this.#abandon(token);
      words[at + STATE] = state.free;
    }
    for (const token of doomed) {
      this.#giveBack(token, activity, words[(token << WORD_SHIFT) + NODE]!);
      if (heir !== NONE) this.#store.handOver(token, heir);
      else this.#store.dropAll(token, (resource, amount) => this.#host.giveBackOne(resource, amount));
    }
    for (const token of doomed) this.remove(token);
  }

  end(run: number, hasFailed: boolean): void {
    const words = this.#words;
    const at = run << WORD_SHIFT;
    const activity = this.activityOf(run);
    this.kill(run, () => true, NONE);
    this.#store.dropAll(run, (resource, amount) => this.#host.giveBackOne(resource, amount));
    const waiter = words[at + OTHER]!;
    this.#host.ended(activity, run, waiter, hasFailed);
    this.#store.give(run);
    if (waiter >= 0) this.resume(waiter, hasFailed);
  }

  /** Takes a token that holds nothing out of its invocation. */
  remove(token: number): void {
    const words = this.#words;
    const at = token << WORD_SHIFT;
    const next = words[at + NEXT]!;
    words[(words[at + PREVIOUS]! << WORD_SHIFT) + NEXT] = next;
    if (next !== NONE) words[(next << WORD_SHIFT) + PREVIOUS] = words[at + PREVIOUS]!;
    const parent = words[at + PARENT]!;
    const around = parent === NONE ? words[at + RUN]! : parent;
    if (words[at + IS_AGAIN] === 0) words[(around << WORD_SHIFT) + INSIDE]!--;
    this.#times[(token << TIME_SHIFT) + DUE] = -1;
    this.#store.give(token);
  }

  #abandon(token: number): void {
    const run = this.#words[(token << WORD_SHIFT) + OTHER]!;
    if (run === NONE) {
      this.#host.abandon(token);
      return;
    }
    this.#words[(run << WORD_SHIFT) + OTHER] = NONE;
    this.end(run, true);
  }

  /** What was started elsewhere is over. Only remembers: `settle` lets it go on. */
  resume(token: number, hasFailed: boolean): void {
    const at = (token << WORD_SHIFT) + STATE;
    if (this.#words[at] !== state.elsewhere) return;
    this.#words[at] = hasFailed ? state.failed : state.done;
    this.ready.push(token);
  }

  wake(token: number, due: number): void {
    this.#times[(token << TIME_SHIFT) + DUE] = due;
    this.#host.wake(token, due);
  }

  activityOf(run: number): CompiledActivity {
    return this.#program.activities[this.#words[(run << WORD_SHIFT) + NODE]!]!;
  }

  fillSlots(run: number, { slotCount }: CompiledActivity, values: readonly Known[]): void {
    const { slots } = this.#store;
    while (slots.length <= run) slots.push([]);
    const own = slots[run]!;
    for (let i = 0; i < slotCount; i++) own[i] = i < values.length ? values[i] : null;
  }

  frameOf(run: number, values: readonly Known[] = NO_VALUES): Frame {
    const frame = this.#frame;
    this.current = run;
    frame.slots = this.#store.slots[run]!;
    frame.event = values;
    frame.now = this.#clock[0]!;
    frame.began = this.#times[(run << TIME_SHIFT) + BEGAN]!;
    frame.streams = this.#host.streams;
    frame.budget = STEP_BUDGET;
    return frame;
  }
}
