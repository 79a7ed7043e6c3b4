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

/** Tokens in line for a node instance: the first and the last. */
const LINE_SHIFT = 1;
const FIRST = 0;
const LAST = 1;

/**
 * A row of a node instance: its cores, those held, tokens in line, time in line as ends less beginnings, time waited by those
 * served, how many came, time with all held.
 */
export const ROW_SHIFT = 3;
export const CORES = 0;
export const HELD = 1;
export const WAITING = 2;
const QUEUE_SPAN = 3;
const WAITED = 4;
export const SERVED = 5;
export const FULL_SPAN = 6;

/** A row of a replica: cores held, and their time as ends less beginnings. */
export const REPLICA_SHIFT = 1;
export const HELD_BY = 0;
export const BUSY_SPAN = 1;

export class Cores {
  readonly #pool: TokenPool;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  /** By replica: its node instance. */
  readonly nodeOf: Int32Array;
  readonly #lines: Int32Array;
  /** By node instance and by replica, as the constants above say. */
  readonly rows: Float64Array;
  readonly replicas: Float64Array;
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
    this.nodeOf = layout.nodeOfReplica;
    this.#lines = new Int32Array(count << LINE_SHIFT);
    this.rows = new Float64Array(count << ROW_SHIFT);
    layout.coresOfNode.forEach((cores, node) => {
      this.rows[(node << ROW_SHIFT) | CORES] = cores;
    });
    this.#cores = Array.from(layout.coresOfNode, (cores, node) => (keeps(node) ? cores : 0));
    this.#outside = this.#cores.map(() => 0);
    this.replicas = new Float64Array(replicas << REPLICA_SHIFT);
    this.#base = this.#totals(0);
    this.clear();
  }

  clear(): void {
    for (let at = 0; at < this.rows.length; at += 1 << ROW_SHIFT) this.rows.fill(0, at + HELD, at + (1 << ROW_SHIFT));
    this.#lines.fill(NO_TOKEN);
    this.replicas.fill(0);
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
    const rows = this.rows;
    const node = this.nodeOf[replica]!;
    const at = node << ROW_SHIFT;
    rows[at | SERVED]! += 1;
    const held = rows[at | HELD]! + 1;
    if (held > rows[at | CORES]!) {
      this.line(token, node);
      return false;
    }
    rows[at | HELD] = held;
    if (held === rows[at | CORES]) rows[at | FULL_SPAN]! -= now;
    const replicas = this.replicas;
    const place = replica << REPLICA_SHIFT;
    replicas[place | HELD_BY]! += 1;
    replicas[place | BUSY_SPAN]! -= now;
    return true;
  }

  /** Lets a token wait behind all others: no core is free. */
  line(token: number, node: number): void {
    const { words, times } = this.#pool;
    const lines = this.#lines;
    const at = node << LINE_SHIFT;
    const rows = this.rows;
    const now = this.#clock[0]!;
    rows[(node << ROW_SHIFT) | WAITING]! += 1;
    rows[(node << ROW_SHIFT) | QUEUE_SPAN]! -= now;
    const last = lines[at | LAST]!;
    if (last === NO_TOKEN) lines[at | FIRST] = token;
    else words[(last << WORD_SHIFT) | NEXT] = token;
    lines[at | LAST] = token;
    words[(token << WORD_SHIFT) | NEXT] = NO_TOKEN;
    times[(token << TIME_SHIFT) | QUEUED] = now;
  }

  /** Gives a core back and hands it to the first in line, which is returned; -1 where nobody waits. */
  release(replica: number): number {
    const now = this.#clock[0]!;
    const replicas = this.replicas;
    const place = replica << REPLICA_SHIFT;
    replicas[place | BUSY_SPAN]! += now;
    replicas[place | HELD_BY]! -= 1;
    const rows = this.rows;
    const node = this.nodeOf[replica]!;
    const at = node << ROW_SHIFT;
    if (rows[at | WAITING] !== 0) return this.handOver(node);
    if (rows[at | HELD] === rows[at | CORES]) rows[at | FULL_SPAN]! += now;
    rows[at | HELD]! -= 1;
    return NO_TOKEN;
  }

  /** The first in line, which is returned, gets the core that has become free. */
  handOver(node: number): number {
    const now = this.#clock[0]!;
    const { words, times } = this.#pool;
    const lines = this.#lines;
    const token = lines[(node << LINE_SHIFT) | FIRST]!;
    const next = words[(token << WORD_SHIFT) | NEXT]!;
    lines[(node << LINE_SHIFT) | FIRST] = next;
    if (next === NO_TOKEN) lines[(node << LINE_SHIFT) | LAST] = NO_TOKEN;
    const rows = this.rows;
    const at = node << ROW_SHIFT;
    rows[at | WAITING]! -= 1;
    rows[at | QUEUE_SPAN]! += now;
    rows[at | WAITED]! += now - times[(token << TIME_SHIFT) | QUEUED]!;
    const replicas = this.replicas;
    const place = words[(token << WORD_SHIFT) | PLACE]! << REPLICA_SHIFT;
    replicas[place | HELD_BY]! += 1;
    replicas[place | BUSY_SPAN]! -= now;
    return token;
  }

  /** How many wait at a node instance now. */
  waiting(node: number): number {
    return this.rows[(node << ROW_SHIFT) | WAITING]!;
  }

  /** How many cores of it count here, and those that a replica holds now. */
  cores(node: number): number {
    return this.#cores[node]!;
  }

  heldBy(replica: number): number {
    return this.replicas[(replica << REPLICA_SHIFT) | HELD_BY]!;
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
    const sum = (node: number, field: number): number => this.rows[(node << ROW_SHIFT) + field]!;
    const isFull = (node: number): boolean => sum(node, CORES) > 0 && sum(node, HELD) === sum(node, CORES);
    const busySpan = (_: unknown, replica: number): number => {
      const at = replica << REPLICA_SHIFT;
      return this.replicas[at | BUSY_SPAN]! + this.replicas[at | HELD_BY]! * now;
    };
    return {
      busyCores: Array.from({ length: this.replicas.length >> REPLICA_SHIFT }, busySpan),
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
