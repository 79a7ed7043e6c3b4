/**
 * The gaps of arrivals that were observed, so many times as many. Each whole multiple is one copy of what was seen, and of a last one only
 * a share is kept: independent thinning (Lewis and Shedler 1979) and superposition (Kingman, Poisson Processes, 1993), which leave
 * Poisson arrivals Poisson. Knows nothing of files and twins.
 */
import type { SeenArrivals } from '../model/index.ts';
import { type Filler, log, type RandomStream } from '../numeric/index.ts';

/** Copies beyond this many are left out; what is refused before is far below. */
export const MOST_COPIES = 100_000;

/** Mean gaps within which a copy begins later than the first, so that no two arrive together and the pattern stays. */
const APART = 30;

/**
 * `begin`: where in what was seen the load begins, microseconds. What was seen begins anew when it ends. The first copy is what was seen;
 * a further one has the same gaps and is moved as a whole by a time that is drawn anew in each replication.
 */
export function observedGaps(seen: SeenArrivals, factor: number, begin: number): Filler {
  const reached = new WeakMap<RandomStream, Superposition>();
  return (stream, block) => {
    let arrivals = reached.get(stream);
    if (arrivals === undefined) {
      arrivals = new Superposition(seen, factor, begin, stream);
      reached.set(stream, arrivals);
    }
    for (let i = 0; i < block.length; i++) block[i] = arrivals.gap();
  };
}

/** The next arrivals of all copies as a heap, the earliest on top. */
class Superposition {
  readonly #times: readonly number[];
  readonly #length: number;
  readonly #stream: RandomStream;
  /** By copy: by how much it is later than the first. */
  readonly #shifts: Float64Array;
  /** By copy: the place of its next arrival, counted on through what begins anew. */
  readonly #places: Float64Array;
  readonly #begin: number;
  /** By place in the heap. */
  readonly #next: Float64Array;
  readonly #copies: Int32Array;
  /** The logarithm of the share of the last copy that is left out; 0 where all of it is kept. */
  readonly #leftOut: number;
  #before = 0;

  constructor({ times, length, share }: SeenArrivals, factor: number, begin: number, stream: RandomStream) {
    const wanted = factor / share;
    const count = times.length === 0 ? 0 : Math.min(MOST_COPIES, Math.ceil(wanted));
    const kept = wanted - Math.floor(wanted);
    this.#times = times;
    this.#length = length;
    this.#begin = begin;
    this.#stream = stream;
    this.#leftOut = kept === 0 || wanted > MOST_COPIES ? 0 : log(1 - kept);
    this.#shifts = new Float64Array(count);
    this.#places = new Float64Array(count);
    this.#next = new Float64Array(count);
    this.#copies = new Int32Array(count);
    const most = Math.min(length, (APART * length) / Math.max(1, times.length));
    for (let copy = 0; copy < count; copy++) {
      this.#shifts[copy] = copy === 0 ? 0 : stream.uniform() * most;
      this.#places[copy] = this.#firstPlace(begin - this.#shifts[copy]!) + this.#skipped(copy);
      this.#next[copy] = this.#timeOf(copy);
      this.#copies[copy] = copy;
    }
    for (let at = (count >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  gap(): number {
    const time = this.#next[0] ?? Number.POSITIVE_INFINITY;
    if (time === Number.POSITIVE_INFINITY) return time;
    const copy = this.#copies[0]!;
    this.#places[copy]! += 1 + this.#skipped(copy);
    this.#next[0] = this.#timeOf(copy);
    this.#sink(0);
    const gap = time - this.#before;
    this.#before = time;
    return gap;
  }

  /** Since the load begins. */
  #timeOf(copy: number): number {
    const place = this.#places[copy]!;
    const round = Math.floor(place / this.#times.length);
    const time = this.#times[place - round * this.#times.length]!;
    return Math.max(0, time + round * this.#length + this.#shifts[copy]! - this.#begin);
  }

  /** Of the first arrival from a moment on, which may lie in the round before. */
  #firstPlace(moment: number): number {
    const round = Math.floor(moment / this.#length);
    const within = moment - round * this.#length;
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle]! < within) low = middle + 1;
      else high = middle;
    }
    return round * this.#times.length + low;
  }

  /** Arrivals of the last copy that are left out before one is kept: geometric. */
  #skipped(copy: number): number {
    if (this.#leftOut === 0 || copy < this.#places.length - 1) return 0;
    return Math.floor(log(this.#stream.uniform()) / this.#leftOut);
  }

  #sink(from: number): void {
    const next = this.#next;
    const copies = this.#copies;
    const time = next[from]!;
    const copy = copies[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= next.length) break;
      if (child + 1 < next.length && next[child + 1]! < next[child]!) child++;
      if (next[child]! >= time) break;
      next[at] = next[child]!;
      copies[at] = copies[child]!;
      at = child;
    }
    next[at] = time;
    copies[at] = copy;
  }
}
