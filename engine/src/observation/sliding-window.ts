/**
 * Counts and durations of the last seconds in event time, in memory that does not grow with their number:
 * a ring of one-second buckets, each a histogram whose cells are 1/64 of an octave wide (quantiles are within 0.8 %).
 * Knows nothing of what is measured.
 */
import type { EpochMicroseconds } from './observation.ts';

const SECOND = 1_000_000;
const MANTISSA_SHIFT = 14; // keeps the 6 highest of the 20 mantissa bits in the upper word

interface Bucket {
  second: number;
  count: number;
  failed: number;
  sum: number;
  readonly cells: Map<number, number>;
}

export class SlidingWindow {
  /** Since the beginning, not only in the window. */
  total = 0;
  readonly seconds: number;
  readonly #buckets: Bucket[];
  #newest = Number.NEGATIVE_INFINITY;
  #oldest = Number.POSITIVE_INFINITY;

  constructor(seconds: number) {
    this.seconds = Math.max(1, Math.ceil(seconds));
    this.#buckets = Array.from({ length: this.seconds }, () => ({
      second: Number.NEGATIVE_INFINITY,
      count: 0,
      failed: 0,
      sum: 0,
      cells: new Map(),
    }));
  }

  /** `duration` in microseconds; what is older than the window only counts in `total`. */
  add(time: EpochMicroseconds, duration: number, failed = false): void {
    this.total++;
    const second = Math.floor(time / SECOND);
    this.advance(time);
    if (time < this.#oldest) this.#oldest = time;
    if (second <= this.#newest - this.seconds) return;
    const bucket = this.#bucket(second);
    if (bucket.second !== second) {
      bucket.second = second;
      bucket.count = 0;
      bucket.failed = 0;
      bucket.sum = 0;
      bucket.cells.clear();
    }
    bucket.count++;
    if (failed) bucket.failed++;
    const length = Math.max(duration, 0);
    bucket.sum += length;
    const cell = cellOf(length);
    bucket.cells.set(cell, (bucket.cells.get(cell) ?? 0) + 1);
  }

  /** Event time goes on without an occurrence. */
  advance(time: EpochMicroseconds): void {
    const second = Math.floor(time / SECOND);
    if (second > this.#newest) this.#newest = second;
  }

  /** The figures of the last `seconds` (the whole window by default), the second in progress included. */
  last(seconds: number = this.seconds): WindowSample {
    const span = Math.min(seconds, this.seconds);
    const cells = new Map<number, number>();
    let count = 0;
    let failed = 0;
    let sum = 0;
    for (const bucket of this.#buckets) {
      if (bucket.second <= this.#newest - span || bucket.second > this.#newest) continue;
      count += bucket.count;
      failed += bucket.failed;
      sum += bucket.sum;
      for (const [cell, n] of bucket.cells) cells.set(cell, (cells.get(cell) ?? 0) + n);
    }
    const since = Math.max(this.#oldest, (this.#newest - span + 1) * SECOND);
    return new WindowSample(count, failed, sum, since, cells);
  }

  #bucket(second: number): Bucket {
    const slot = ((second % this.seconds) + this.seconds) % this.seconds;
    return this.#buckets[slot] as Bucket;
  }
}

/** What one stretch of a window holds; durations in microseconds. */
export class WindowSample {
  readonly count: number;
  readonly failed: number;
  readonly sum: number;
  /** Event time at which the stretch begins: that of the first occurrence ever where the window is not full yet. */
  readonly since: EpochMicroseconds;
  readonly #cells: readonly (readonly [number, number])[];

  constructor(
    count: number,
    failed: number,
    sum: number,
    since: EpochMicroseconds,
    cells: ReadonlyMap<number, number>,
  ) {
    this.count = count;
    this.failed = failed;
    this.sum = sum;
    this.since = since;
    this.#cells = [...cells].sort((a, b) => a[0] - b[0]);
  }

  /** The value of rank `rank` (1 = smallest); NaN where there is none. */
  ranked(rank: number): number {
    let seen = 0;
    for (const [cell, n] of this.#cells) {
      seen += n;
      if (seen >= rank) return middleOf(cell);
    }
    return Number.NaN;
  }

  /** The smallest value that a share `q` of the occurrences does not exceed. */
  quantile(q: number): number {
    return this.ranked(Math.max(1, Math.ceil(q * this.count)));
  }

  /** The standard deviation, to the resolution of the cells. */
  get deviation(): number {
    if (this.count < 2) return 0;
    const mean = this.sum / this.count;
    let squares = 0;
    for (const [cell, n] of this.#cells) squares += n * (middleOf(cell) - mean) * (middleOf(cell) - mean);
    return Math.sqrt(squares / (this.count - 1));
  }

  /** How many lie above `bound`, to the resolution of the cells. */
  above(bound: number): number {
    let above = 0;
    for (const [cell, n] of this.#cells) if (middleOf(cell) > bound) above += n;
    return above;
  }
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const upper = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

function cellOf(value: number): number {
  float[0] = value;
  return (words[upper] as number) >>> MANTISSA_SHIFT;
}

/** The middle of a cell. */
function middleOf(cell: number): number {
  if (cell === 0) return 0;
  words[1 - upper] = 0;
  words[upper] = (cell << MANTISSA_SHIFT) | (1 << (MANTISSA_SHIFT - 1));
  return float[0] as number;
}
