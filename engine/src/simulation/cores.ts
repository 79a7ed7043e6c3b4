/**
 * The cores of all node instances: who holds one, who waits for one, first come first served. Jobs are the integers of
 * tokens, chained through one array, so that waiting costs no memory of its own.
 */
import type { Layout } from './layout.ts';

export const NO_JOB = -1;

export class Cores {
  readonly #nodeOf: Int32Array;
  readonly #cores: Int32Array;
  /** Cores held, by node and by replica. */
  readonly #held: Int32Array;
  readonly #heldBy: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #waiting: Int32Array;
  /** Next in line, by job. */
  readonly #next: Int32Array;
  readonly #since: Float64Array;
  readonly #place: Int32Array;
  // Sums as in `Tallies.span`: ends less beginnings.
  readonly #busySpan: Float64Array;
  readonly #queueSpan: Float64Array;
  readonly #waited: Float64Array;
  readonly #served: Float64Array;
  #base: CoreSums;
  #marked = 0;
  #lengthAtMark: Int32Array;

  constructor(layout: Layout, capacity: number) {
    const nodes = layout.kindOfNode.length;
    const replicas = layout.nodeOfReplica.length;
    this.#nodeOf = layout.nodeOfReplica;
    this.#cores = layout.coresOfNode;
    this.#held = new Int32Array(nodes);
    this.#heldBy = new Int32Array(replicas);
    this.#first = new Int32Array(nodes).fill(NO_JOB);
    this.#last = new Int32Array(nodes).fill(NO_JOB);
    this.#waiting = new Int32Array(nodes);
    this.#next = new Int32Array(nodes === 0 ? 0 : capacity);
    this.#since = new Float64Array(nodes === 0 ? 0 : capacity);
    this.#place = new Int32Array(nodes === 0 ? 0 : capacity);
    this.#busySpan = new Float64Array(replicas);
    this.#queueSpan = new Float64Array(nodes);
    this.#waited = new Float64Array(nodes);
    this.#served = new Float64Array(nodes);
    this.#lengthAtMark = new Int32Array(nodes);
    this.#base = this.#sums(0);
  }

  clear(): void {
    for (const array of [this.#held, this.#heldBy, this.#waiting, this.#lengthAtMark]) array.fill(0);
    for (const array of [this.#busySpan, this.#queueSpan, this.#waited, this.#served]) array.fill(0);
    this.#first.fill(NO_JOB);
    this.#last.fill(NO_JOB);
    this.mark(0);
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#base = this.#sums(now);
    this.#marked = now;
    this.#lengthAtMark = this.#waiting.slice();
  }

  /** Takes a core of the replica's node; false: the job waits in line for one. */
  acquire(job: number, replica: number, now: number): boolean {
    const node = this.#nodeOf[replica]!;
    this.#served[node]!++;
    if (this.#held[node]! < this.#cores[node]!) {
      this.#held[node]!++;
      this.#heldBy[replica]!++;
      this.#busySpan[replica]! -= now;
      return true;
    }
    const last = this.#last[node]!;
    if (last === NO_JOB) this.#first[node] = job;
    else this.#next[last] = job;
    this.#last[node] = job;
    this.#next[job] = NO_JOB;
    this.#since[job] = now;
    this.#place[job] = replica;
    this.#waiting[node]!++;
    this.#queueSpan[node]! -= now;
    return false;
  }

  /** Gives a core back and hands it to the first in line, which is returned. */
  release(replica: number, now: number): number {
    const node = this.#nodeOf[replica]!;
    this.#busySpan[replica]! += now;
    this.#heldBy[replica]!--;
    const job = this.#first[node]!;
    if (job === NO_JOB) {
      this.#held[node]!--;
      return NO_JOB;
    }
    const next = this.#next[job]!;
    this.#first[node] = next;
    if (next === NO_JOB) this.#last[node] = NO_JOB;
    this.#waiting[node]!--;
    this.#queueSpan[node]! += now;
    this.#waited[node]! += now - this.#since[job]!;
    const itsReplica = this.#place[job]!;
    this.#heldBy[itsReplica]!++;
    this.#busySpan[itsReplica]! -= now;
    return job;
  }

  /** When the job that has just got its core joined the line. */
  waitingSince(job: number): number {
    return this.#since[job]!;
  }

  /** What happened since the mark. */
  figures(now: number): CoreFigures {
    const sums = this.#sums(now);
    const time = now - this.#marked;
    const base = this.#base;
    return {
      busyCores: Array.from(sums.busy, (busy, replica) => (busy - base.busy[replica]!) / time),
      queue: Array.from(sums.queue, (queue, node) => (queue - base.queue[node]!) / time),
      waited: Array.from(sums.waited, (waited, node) => waited - base.waited[node]!),
      served: Array.from(sums.served, (served, node) => served - base.served[node]!),
      growth: Array.from(this.#waiting, (waiting, node) => waiting - this.#lengthAtMark[node]!),
    };
  }

  #sums(now: number): CoreSums {
    return {
      busy: this.#busySpan.map((span, replica) => span + this.#heldBy[replica]! * now),
      queue: this.#queueSpan.map((span, node) => span + this.#waiting[node]! * now),
      waited: this.#waited.slice(),
      served: this.#served.slice(),
    };
  }
}

interface CoreSums {
  readonly busy: Float64Array;
  readonly queue: Float64Array;
  readonly waited: Float64Array;
  readonly served: Float64Array;
}

export interface CoreFigures {
  /** Mean number of cores held, by replica. */
  readonly busyCores: readonly number[];
  /** Mean number in line, by node instance; so for the rest. */
  readonly queue: readonly number[];
  /** Microseconds waited, by those who got a core. */
  readonly waited: readonly number[];
  readonly served: readonly number[];
  /** How much longer the line is than at the mark. */
  readonly growth: readonly number[];
}
