/**
 * What is counted of invocations, of visits to their nodes, and of waiting there: told by the runtime's host at each step. Where
 * everything stands says `NodeTable`. Knows nothing of why anything happens.
 */
import { type ActivityStore, BEGAN, type CompiledActivity, RUN, TIME_SHIFT, WORD_SHIFT } from '../../behavior/index.ts';
import { Tallies } from '../tallies.ts';
import type { NodeTable } from './node-table.ts';

export class ActivityTallies {
  readonly tallies: Tallies;
  readonly #table: NodeTable;
  readonly #store: ActivityStore;
  /** By node: how often an event was taken there since the beginning. */
  readonly #taken: Float64Array;

  constructor(table: NodeTable, clock: Float64Array, store: ActivityStore) {
    this.tallies = new Tallies(table.size, clock, store.times);
    this.#table = table;
    this.#store = store;
    this.#taken = new Float64Array(table.lasts.length);
  }

  clear(): void {
    this.tallies.clear();
    this.#taken.fill(0);
  }

  /** An arrival of a load that finds no room. */
  turnedAway(activity: number): void {
    this.tallies.turnAway(this.#table.loaded(activity));
  }

  began(activity: CompiledActivity, isLoaded: boolean): void {
    this.tallies.begin(this.#invocation(activity, isLoaded));
  }

  ended(activity: CompiledActivity, run: number, isLoaded: boolean, hasFailed: boolean): void {
    this.tallies.end(this.#invocation(activity, isLoaded), (run << TIME_SHIFT) + BEGAN, hasFailed);
    for (let node = 0; node < activity.nodes.length; node++) {
      if (this.#store.hasSeen(run, node)) this.tallies.instant(this.#table.seen(this.#node(activity, node)));
    }
  }

  /** `isFirst`: no token of the invocation has been there. */
  entered(activity: CompiledActivity, token: number, node: number, isFirst: boolean): void {
    const at = this.#node(activity, node);
    if (this.#table.lasts[at] === 1) this.tallies.begin(this.#table.visit(at));
    else this.tallies.instant(this.#table.visit(at));
    if (activity.claims[node] !== null) this.tallies.begin(this.#table.wait(at));
    if (!isFirst) return;
    const run = this.#store.words[(token << WORD_SHIFT) + RUN]!;
    this.tallies.begin(this.#table.reach(at));
    this.tallies.end(this.#table.reach(at), (run << TIME_SHIFT) + BEGAN, false);
  }

  /** A token waits no longer for what the node asks for, be it that it has it or that it gave up. */
  waited(activity: CompiledActivity, token: number, node: number): void {
    if (activity.claims[node] === null) return;
    this.tallies.end(this.#table.wait(this.#node(activity, node)), (token << TIME_SHIFT) + BEGAN, false);
  }

  left(activity: CompiledActivity, token: number, node: number, isDone: boolean): void {
    const at = this.#node(activity, node);
    if (isDone) this.#taken[at]!++;
    if (this.#table.lasts[at] === 0) return;
    this.tallies.end(this.#table.visit(at), (token << TIME_SHIFT) + BEGAN, !isDone);
  }

  /** Whether an event was ever taken at a node, also before the mark. */
  wasTaken(activity: CompiledActivity, node: number): boolean {
    return this.#taken[this.#node(activity, node)]! > 0;
  }

  #invocation({ index }: CompiledActivity, isLoaded: boolean): number {
    return isLoaded ? this.#table.loaded(index) : this.#table.invoked(index);
  }

  #node({ index }: CompiledActivity, node: number): number {
    return this.#table.node(index, node);
  }
}
