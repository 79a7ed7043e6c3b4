/** How often something happened in the last seconds of event time, and ever. Knows nothing of what it was. */
import type { EpochMicroseconds } from './observation.ts';

const SECOND = 1_000_000;

export class SlidingCount {
  total = 0;
  /** Event time of the newest one. */
  last: EpochMicroseconds = Number.NEGATIVE_INFINITY;
  readonly #counts: Float64Array;
  readonly #seconds: Float64Array;

  constructor(seconds: number) {
    this.#counts = new Float64Array(Math.max(1, Math.ceil(seconds)));
    this.#seconds = new Float64Array(this.#counts.length).fill(Number.NEGATIVE_INFINITY);
  }

  add(time: EpochMicroseconds, count = 1): void {
    this.total += count;
    if (time > this.last) this.last = time;
    const second = Math.floor(time / SECOND);
    const slot = ((second % this.#counts.length) + this.#counts.length) % this.#counts.length;
    const held = this.#seconds[slot] as number;
    if (held > second) return;
    if (held < second) {
      this.#seconds[slot] = second;
      this.#counts[slot] = 0;
    }
    this.#counts[slot] = (this.#counts[slot] as number) + count;
  }

  /** How many in the window that ends at `now`. */
  recent(now: EpochMicroseconds): number {
    const newest = Math.floor(now / SECOND);
    let sum = 0;
    for (let slot = 0; slot < this.#counts.length; slot++) {
      const second = this.#seconds[slot] as number;
      if (second > newest - this.#counts.length && second <= newest) sum += this.#counts[slot] as number;
    }
    return sum;
  }
}
