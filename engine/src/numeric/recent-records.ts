/**
 * What some sketches have recorded since a moment, without a sketch of its own for it: the difference of what they hold now and
 * what they held then. Knows nothing of time.
 */
import { lowerEdge, type QuantileSketch, type SketchData } from './quantile-sketch.ts';

interface Kept {
  base: number;
  counts: Float64Array;
  zeros: number;
  count: number;
  sum: number;
}

export class RecentRecords {
  readonly #sketches: readonly QuantileSketch[];
  readonly #kept: readonly Kept[];

  constructor(sketches: readonly QuantileSketch[]) {
    this.#sketches = sketches;
    this.#kept = sketches.map(() => ({ base: 0, counts: new Float64Array(0), zeros: 0, count: 0, sum: 0 }));
    this.restart();
  }

  /** From here on. To be called also after a sketch was cleared. */
  restart(): void {
    this.#sketches.forEach((sketch, i) => {
      const kept = this.#kept[i]!;
      if (kept.counts.length === sketch.counts.length) kept.counts.set(sketch.counts);
      else kept.counts = Float64Array.from(sketch.counts);
      kept.base = sketch.base;
      kept.zeros = sketch.zeros;
      kept.count = sketch.count;
      kept.sum = sketch.sum;
    });
  }

  get count(): number {
    return this.#sketches.reduce((sum, { count }, i) => sum + count - this.#kept[i]!.count, 0);
  }

  get sum(): number {
    return this.#sketches.reduce((sum, sketch, i) => sum + sketch.sum - this.#kept[i]!.sum, 0);
  }

  /** The number that a share `q` of what was recorded since does not exceed; NaN where nothing was. */
  quantile(q: number): number {
    const count = this.count;
    if (count === 0) return Number.NaN;
    const { first, last } = this.#range();
    // From above: that is where the percentiles that matter are.
    let beyond = count - q * count;
    for (let bucket = last; bucket >= first; bucket--) {
      const here = this.#at(bucket);
      if (here > 0 && here >= beyond) {
        const lower = lowerEdge(bucket);
        return lower + (lowerEdge(bucket + 1) - lower) * (1 - beyond / here);
      }
      beyond -= here;
    }
    return 0;
  }

  /** Its smallest and greatest number are known as well as the buckets are narrow. */
  data(): SketchData {
    const { first, last } = this.#range();
    const buckets: number[] = [];
    const counts: number[] = [];
    for (let bucket = first; bucket <= last; bucket++) {
      const here = this.#at(bucket);
      if (here <= 0) continue;
      buckets.push(bucket);
      counts.push(here);
    }
    const zeros = this.#sketches.reduce((sum, sketch, i) => sum + sketch.zeros - this.#kept[i]!.zeros, 0);
    const [lowest, highest] = [buckets[0], buckets[buckets.length - 1]];
    const least = Math.min(...this.#sketches.map(({ minimum }) => minimum));
    const most = Math.max(...this.#sketches.map(({ maximum }) => maximum));
    let minimum = lowest === undefined ? Number.POSITIVE_INFINITY : Math.max(least, lowerEdge(lowest));
    if (zeros > 0) minimum = 0;
    const none = zeros > 0 ? 0 : Number.NEGATIVE_INFINITY;
    const maximum = highest === undefined ? none : Math.min(most, lowerEdge(highest + 1));
    return { zeros, sum: this.sum, minimum, maximum, buckets, counts };
  }

  #at(bucket: number): number {
    let sum = 0;
    for (let i = 0; i < this.#sketches.length; i++) {
      const { base, counts } = this.#sketches[i]!;
      const at = bucket - base;
      // Reading past the end of an array is slow.
      if (at < 0 || at >= counts.length) continue;
      const kept = this.#kept[i]!;
      const before = bucket - kept.base;
      sum += before >= 0 && before < kept.counts.length ? counts[at]! - kept.counts[before]! : counts[at]!;
    }
    return sum;
  }

  #range(): { readonly first: number; readonly last: number } {
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const { base, counts } of this.#sketches) {
      if (counts.length === 0) continue;
      first = Math.min(first, base);
      last = Math.max(last, base + counts.length - 1);
    }
    return { first, last };
  }
}
