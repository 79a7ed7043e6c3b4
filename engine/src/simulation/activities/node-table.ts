/**
 * Where everything that is told of activities and resources stands among their tallies: invocations that others began, those that
 * loads began, visits of nodes, waits in them, how long it took to get there first, invocations ended that had been there, and
 * last the waits for resources.
 */
import type { ActivityProgram } from '../../behavior/index.ts';

export class NodeTable {
  readonly size: number;
  /** By node of all activities in one row: whether time passes there; through others a token goes at once. */
  readonly lasts: Uint8Array;
  readonly #first: Int32Array;

  constructor({ activities }: ActivityProgram, resources: number) {
    this.#first = new Int32Array(activities.length);
    const lasts: number[] = [];
    activities.forEach(({ nodes }, activity) => {
      this.#first[activity] = lasts.length;
      for (const { kind } of nodes) lasts.push(['action', 'structured', 'acquire', 'accept'].includes(kind) ? 1 : 0);
    });
    this.lasts = Uint8Array.from(lasts);
    this.size = this.resource(resources);
  }

  /** In the row of all nodes. */
  node(activity: number, node: number): number {
    return this.#first[activity]! + node;
  }

  invoked(activity: number): number {
    return activity;
  }

  loaded(activity: number): number {
    return this.#first.length + activity;
  }

  visit(node: number): number {
    return 2 * this.#first.length + node;
  }

  wait(node: number): number {
    return this.visit(this.lasts.length) + node;
  }

  reach(node: number): number {
    return this.wait(this.lasts.length) + node;
  }

  seen(node: number): number {
    return this.reach(this.lasts.length) + node;
  }

  resource(resource: number): number {
    return this.seen(this.lasts.length) + resource;
  }
}
