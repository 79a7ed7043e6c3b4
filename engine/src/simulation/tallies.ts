/**
 * What a run counts, by small integers: messages, then interactions, then whatever else is timed. Everything before the
 * end of the warm-up is left out. Knows nothing of what the integers stand for.
 */
import { QuantileSketch } from '../numeric/index.ts';

export class Tallies {
  readonly started: Float64Array;
  readonly failed: Float64Array;
  readonly completed: Float64Array;
  /** In progress now, whenever they began. */
  readonly active: Int32Array;
  /** Sum of the ends less sum of the beginnings; with `active` times now it is the time spent in progress. */
  readonly span: Float64Array;
  readonly latencies: readonly QuantileSketch[];
  #base: Float64Array;
  /** Only what begins from here on counts. */
  from = Number.POSITIVE_INFINITY;

  constructor(size: number) {
    this.started = new Float64Array(size);
    this.failed = new Float64Array(size);
    this.completed = new Float64Array(size);
    this.active = new Int32Array(size);
    this.span = new Float64Array(size);
    this.latencies = Array.from({ length: size }, () => new QuantileSketch());
    this.#base = new Float64Array(size);
  }

  clear(): void {
    this.started.fill(0);
    this.failed.fill(0);
    this.completed.fill(0);
    this.active.fill(0);
    this.span.fill(0);
    for (const sketch of this.latencies) sketch.clear();
    this.#base.fill(0);
    this.from = Number.POSITIVE_INFINITY;
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.from = now;
    this.#base = this.#areas(now);
  }

  begin(index: number, now: number): void {
    this.active[index]!++;
    this.span[index]! -= now;
    if (now >= this.from) this.started[index]!++;
  }

  end(index: number, began: number, now: number, hasFailed: boolean): void {
    this.active[index]!--;
    this.span[index]! += now;
    if (now < this.from) return;
    if (!hasFailed) {
      this.completed[index]!++;
      if (began >= this.from) this.latencies[index]!.record(now - began);
    } else if (began >= this.from) this.failed[index]!++;
  }

  /** Mean numbers in progress since the mark. */
  concurrency(now: number): Float64Array {
    return this.#areas(now).map((area, index) => (area - this.#base[index]!) / (now - this.from));
  }

  #areas(now: number): Float64Array {
    return this.span.map((span, index) => span + this.active[index]! * now);
  }
}
