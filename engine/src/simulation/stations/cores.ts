/**
 * The cores of node instances where nothing changes while work is under way: who holds one, who waits for one, first come
 * first served. Those who wait are tokens, chained through their own records, so that waiting costs no memory of its own.
 */
import type { Layout } from '../layout.ts';
import type * as token from '../token-pool.ts';
import type { TokenPool } from '../token-pool.ts';
import type { CoreFigures } from './core-figures.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const NEXT = 10 satisfies typeof token.NEXT;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PLACE = 4 satisfies typeof token.PLACE;
const QUEUED = 2 satisfies typeof token.QUEUED;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

/** Integers of one node instance. */
const NODE_SHIFT = 3;
const CORES = 0;
const HELD = 1;
const FIRST = 2;
const LAST = 3;
const WAITING = 4;

/** Sums of one node instance: time in line as ends less beginnings, time waited by those served, how many came, time with all held. */
const SUM_SHIFT = 2;
const QUEUE_SPAN = 0;
const WAITED = 1;
const SERVED = 2;
const FULL_SPAN = 3;

export class Cores {
  readonly #pool: TokenPool;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  readonly #nodeOf: Int32Array;
  readonly #nodes: Int32Array;
  readonly #sums: Float64Array;
  /** By replica: cores held, and their time as ends less beginnings. */
  readonly #heldBy: Int32Array;
  readonly #busySpan: Float64Array;
  readonly #count: number;
  /** By node instance: cores that count here. */
  readonly #cores: readonly number[];
  readonly #outside: readonly number[];
  #base: CoreFigures;
  #marked = 0;

  /** `keeps`: whether a node instance is kept here. */
  constructor(layout: Layout, pool: TokenPool, clock: Float64Array, keeps: (node: number) => boolean) {
    this.#clock = clock;
    const count = layout.kindOfNode.length;
    const replicas = layout.nodeOfReplica.length;
    this.#pool = pool;
    this.#count = count;
    this.#nodeOf = layout.nodeOfReplica;
    this.#nodes = new Int32Array(count << NODE_SHIFT);
    layout.coresOfNode.forEach((cores, node) => {
      this.#nodes[(node << NODE_SHIFT) + CORES] = cores;
    });
    this.#cores = Array.from(layout.coresOfNode, (cores, node) => (keeps(node) ? cores : 0));
    this.#outside = this.#cores.map(() => 0);
    this.#sums = new Float64Array(count << SUM_SHIFT);
    this.#heldBy = new Int32Array(replicas);
    this.#busySpan = new Float64Array(replicas);
    this.#base = this.#totals(0);
    this.clear();
  }

  clear(): void {
    for (let node = 0; node < this.#count; node++) {
      const at = node << NODE_SHIFT;
      this.#nodes[at + HELD] = 0;
      this.#nodes[at + FIRST] = NO_TOKEN;
      this.#nodes[at + LAST] = NO_TOKEN;
      this.#nodes[at + WAITING] = 0;
    }
    this.#sums.fill(0);
    this.#heldBy.fill(0);
    this.#busySpan.fill(0);
    this.mark(0);
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#base = this.#totals(now);
    this.#marked = now;
  }

  /** Takes a core of the replica's node; false: the token waits in line for one. */
  acquire(token: number, replica: number): boolean {
    const now = this.#clock[0]!;
    const nodes = this.#nodes;
    const node = this.#nodeOf[replica]!;
    const at = node << NODE_SHIFT;
    this.#sums[(node << SUM_SHIFT) + SERVED]! += 1;
    if (nodes[at + HELD]! < nodes[at + CORES]!) {
      nodes[at + HELD]!++;
      if (nodes[at + HELD] === nodes[at + CORES]) this.#sums[(node << SUM_SHIFT) + FULL_SPAN]! -= now;
      this.#heldBy[replica]!++;
      this.#busySpan[replica]! -= now;
      return true;
    }
    const { words, times } = this.#pool;
    const last = nodes[at + LAST]!;
    if (last === NO_TOKEN) nodes[at + FIRST] = token;
    else words[(last << WORD_SHIFT) + NEXT] = token;
    nodes[at + LAST] = token;
    words[(token << WORD_SHIFT) + NEXT] = NO_TOKEN;
    times[(token << TIME_SHIFT) + QUEUED] = now;
    nodes[at + WAITING]!++;
    this.#sums[(node << SUM_SHIFT) + QUEUE_SPAN]! -= now;
    return false;
  }

  /** Gives a core back and hands it to the first in line, which is returned; -1 where nobody waits. */
  release(replica: number): number {
    const now = this.#clock[0]!;
    const nodes = this.#nodes;
    const node = this.#nodeOf[replica]!;
    const at = node << NODE_SHIFT;
    this.#busySpan[replica]! += now;
    this.#heldBy[replica]!--;
    const token = nodes[at + FIRST]!;
    if (token === NO_TOKEN) {
      if (nodes[at + HELD] === nodes[at + CORES]) this.#sums[(node << SUM_SHIFT) + FULL_SPAN]! += now;
      nodes[at + HELD]!--;
      return NO_TOKEN;
    }
    const { words, times } = this.#pool;
    const next = words[(token << WORD_SHIFT) + NEXT]!;
    nodes[at + FIRST] = next;
    if (next === NO_TOKEN) nodes[at + LAST] = NO_TOKEN;
    nodes[at + WAITING]!--;
    const sums = node << SUM_SHIFT;
    this.#sums[sums + QUEUE_SPAN]! += now;
    this.#sums[sums + WAITED]! += now - times[(token << TIME_SHIFT) + QUEUED]!;
    const itsReplica = words[(token << WORD_SHIFT) + PLACE]!;
    this.#heldBy[itsReplica]!++;
    this.#busySpan[itsReplica]! -= now;
    return token;
  }

  /** How many wait at a node instance now. */
  waiting(node: number): number {
    return this.#nodes[(node << NODE_SHIFT) + WAITING]!;
  }

  /** How many cores of it count here, and those that a replica holds now. */
  cores(node: number): number {
    return this.#cores[node]!;
  }

  heldBy(replica: number): number {
    return this.#heldBy[replica]!;
  }

  /** What happened since the mark. */
  figures(now: number): CoreFigures {
    const totals = this.#totals(now);
    const base = this.#base;
    const time = now - this.#marked;
    const since = (figures: readonly number[], before: readonly number[]): number[] =>
      figures.map((figure, index) => figure - before[index]!);
    return {
      busyCores: since(totals.busyCores, base.busyCores).map((busy) => busy / time),
      outside: this.#outside,
      cores: this.#cores,
      saturated: since(totals.saturated, base.saturated).map((full) => Math.max(0, full) / time),
      queue: since(totals.queue, base.queue).map((queue) => queue / time),
      waited: since(totals.waited, base.waited),
      served: since(totals.served, base.served),
      growth: since(totals.growth, base.growth),
    };
  }

  #totals(now: number): CoreFigures {
    const byNode = (figure: (node: number) => number): number[] =>
      Array.from({ length: this.#count }, (_, n) => figure(n));
    const isFull = (node: number): boolean => {
      const at = node << NODE_SHIFT;
      return this.#nodes[at + CORES]! > 0 && this.#nodes[at + HELD] === this.#nodes[at + CORES];
    };
    const sum = (node: number, field: number): number => this.#sums[(node << SUM_SHIFT) + field]!;
    return {
      busyCores: Array.from(this.#busySpan, (span, replica) => span + this.#heldBy[replica]! * now),
      outside: this.#outside,
      cores: this.#cores,
      saturated: byNode((node) => sum(node, FULL_SPAN) + (isFull(node) ? now : 0)),
      queue: byNode((node) => sum(node, QUEUE_SPAN) + this.waiting(node) * now),
      waited: byNode((node) => sum(node, WAITED)),
      served: byNode((node) => sum(node, SERVED)),
      growth: byNode((node) => this.waiting(node)),
    };
  }
}
