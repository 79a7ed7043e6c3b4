/**
 * A mergeable histogram of non-negative numbers whose buckets are the leading bits of the double itself: 256 to an
 * octave, so a quantile is off by at most 0.4 % of itself. No logarithm is taken: same numbers, same buckets, everywhere.
 */

const FRACTION_BITS = 8;
const SHIFT = 20 - FRACTION_BITS;
/** Bits of exponent and fraction that choose a bucket; smaller numbers than the first bucket's count as zero. */
const SMALLEST = 1e-6;

/** A quantile lies within this share of the true one: both are in the same bucket. */
export const SKETCH_ERROR = 1 / 256;

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
float[0] = 1;
const HIGH = words[1] === 0 ? 0 : 1;
float[0] = SMALLEST;
const FIRST = words[HIGH]! >>> SHIFT;

const single = new Float64Array(1);

/** Plain data that survives a message between threads. */
export interface SketchData {
  readonly zeros: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Bucket numbers, rising, and how many are in each. */
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
}

export class QuantileSketch {
  #base = 0;
  #counts = new Float64Array(0);
  #zeros = 0;
  #count = 0;
  #sum = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** NaN where nothing was recorded. */
  get mean(): number {
    return this.#sum / this.#count;
  }

  get minimum(): number {
    return this.#minimum;
  }

  get maximum(): number {
    return this.#maximum;
  }

  get zeros(): number {
    return this.#zeros;
  }

  /** Number of the bucket that the first of `counts` is of. */
  get base(): number {
    return this.#base;
  }

  /** As they are now: they change with the next number. */
  get counts(): Readonly<Float64Array> {
    return this.#counts;
  }

  /** Counts a number; a negative one or NaN counts as zero. */
  record(value: number): void {
    single[0] = value;
    this.recordAll(single, 0, 1);
  }

  /** Counts some numbers of an array, in their order. */
  recordAll(values: Float64Array, from: number, to: number): void {
    let counts = this.#counts;
    let first = FIRST + this.#base;
    let sum = this.#sum;
    let minimum = this.#minimum;
    let maximum = this.#maximum;
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      if (!(value >= SMALLEST)) {
        this.#zeros++;
        if (!(minimum < 0)) minimum = 0;
        if (!(maximum > 0)) maximum = 0;
        continue;
      }
      sum += value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      float[0] = value;
      const bucket = words[HIGH]! >>> SHIFT;
      let at = bucket - first;
      if (at < 0 || at >= counts.length) {
        at = this.#makeRoom(bucket - FIRST);
        counts = this.#counts;
        first = FIRST + this.#base;
      }
      counts[at]!++;
    }
    this.#sum = sum;
    this.#minimum = minimum;
    this.#maximum = maximum;
    this.#count += to - from;
  }

  /**
   * The number that a share `q` of those recorded do not exceed, interpolated within its bucket; NaN where nothing was
   * recorded.
   */
  quantile(q: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = q * this.#count;
    if (rank <= this.#zeros && this.#zeros > 0) return 0;
    let below = this.#zeros;
    for (let i = 0; i < this.#counts.length; i++) {
      const here = this.#counts[i]!;
      if (here > 0 && below + here >= rank) {
        const lower = lowerEdge(this.#base + i);
        const value = lower + (lowerEdge(this.#base + i + 1) - lower) * ((rank - below) / here);
        return Math.min(this.#maximum, Math.max(this.#minimum, value));
      }
      below += here;
    }
    return this.#maximum;
  }

  /** The share of those recorded that are at or below a number, interpolated as `quantile` does; NaN where nothing was recorded. */
  shareUpTo(value: number): number {
    if (this.#count === 0) return Number.NaN;
    if (value < this.#minimum) return 0;
    let below = this.#zeros;
    for (let i = 0; i < this.#counts.length; i++) {
      const here = this.#counts[i]!;
      if (here === 0) continue;
      const lower = lowerEdge(this.#base + i);
      if (value < lower) break;
      const upper = lowerEdge(this.#base + i + 1);
      below += here * Math.min(1, (value - lower) / (upper - lower));
    }
    return below / this.#count;
  }

  merge(other: QuantileSketch): void {
    this.mergeData(other.data());
  }

  mergeData(data: SketchData): void {
    // Room for all of them at once: growing bucket by bucket would copy again and again.
    for (const bucket of [data.buckets[0], data.buckets[data.buckets.length - 1]]) {
      if (bucket === undefined) continue;
      const at = bucket - this.#base;
      if (at < 0 || at >= this.#counts.length) this.#makeRoom(bucket);
    }
    data.buckets.forEach((bucket, i) => {
      const at = bucket - this.#base;
      const index = at < 0 || at >= this.#counts.length ? this.#makeRoom(bucket) : at;
      this.#counts[index]! += data.counts[i]!;
      this.#count += data.counts[i]!;
    });
    this.#zeros += data.zeros;
    this.#count += data.zeros;
    this.#sum += data.sum;
    this.#minimum = Math.min(this.#minimum, data.minimum);
    this.#maximum = Math.max(this.#maximum, data.maximum);
  }

  data(): SketchData {
    const buckets: number[] = [];
    const counts: number[] = [];
    this.#counts.forEach((count, i) => {
      if (count === 0) return;
      buckets.push(this.#base + i);
      counts.push(count);
    });
    return {
      zeros: this.#zeros,
      sum: this.#sum,
      minimum: this.#minimum,
      maximum: this.#maximum,
      buckets,
      counts,
    };
  }

  /** Forgets everything but keeps its memory. */
  clear(): void {
    this.#counts.fill(0);
    this.#zeros = 0;
    this.#count = 0;
    this.#sum = 0;
    this.#minimum = Number.POSITIVE_INFINITY;
    this.#maximum = Number.NEGATIVE_INFINITY;
  }

  /** Widens the window by whole octaves until it holds the bucket; returns the bucket's index in it. */
  #makeRoom(bucket: number): number {
    const octave = 1 << FRACTION_BITS;
    const empty = this.#counts.length === 0;
    const from = Math.floor((empty ? bucket : Math.min(bucket, this.#base)) / octave) * octave;
    const last = empty ? bucket : Math.max(bucket, this.#base + this.#counts.length - 1);
    const counts = new Float64Array((Math.floor(last / octave) + 1) * octave - from);
    counts.set(this.#counts, empty ? 0 : this.#base - from);
    this.#counts = counts;
    this.#base = from;
    return bucket - from;
  }
}

/** The smallest number of a bucket. */
export function lowerEdge(bucket: number): number {
  words[1 - HIGH] = 0;
  words[HIGH] = (bucket + FIRST) << SHIFT;
  return float[0]!;
}
