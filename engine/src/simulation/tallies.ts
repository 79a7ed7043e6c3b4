/**
 * What a run counts, by small integers: messages, then interactions. Everything before the end of the warm-up is left
 * out. Knows nothing of what the integers stand for.
 */
import { QuantileSketch } from '../numeric/index.ts';

/** Cells of one subject. */
const SHIFT = 3;
const STARTED = 0;
const FAILED = 1;
const COMPLETED = 2;
/** In progress now, whenever they began. */
const ACTIVE = 3;
/** Sum of the ends less sum of the beginnings; with those in progress times now it is the time spent in progress. */
const SPAN = 4;

export class Tallies {
  readonly size: number;
  readonly latencies: readonly QuantileSketch[];
  readonly #cells: Float64Array;
  #base: Float64Array;
  /** Only what begins from here on counts. */
  #from = Number.POSITIVE_INFINITY;

  constructor(size: number) {
    this.size = size;
    this.latencies = Array.from({ length: size }, () => new QuantileSketch());
    this.#cells = new Float64Array(size << SHIFT);
    this.#base = new Float64Array(size);
  }

  clear(): void {
    this.#cells.fill(0);
    for (const sketch of this.latencies) sketch.clear();
    this.#base.fill(0);
    this.#from = Number.POSITIVE_INFINITY;
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#from = now;
    this.#base = this.#areas(now);
  }

  begin(index: number, now: number): void {
    const cells = this.#cells;
    const at = index << SHIFT;
    cells[at + ACTIVE]! += 1;
    cells[at + SPAN]! -= now;
    if (now >= this.#from) cells[at + STARTED]! += 1;
  }

  /** One that is turned away at once: begun, and nothing else. */
  turnAway(index: number, now: number): void {
    if (now >= this.#from) this.#cells[(index << SHIFT) + STARTED]! += 1;
  }

  end(index: number, began: number, now: number, hasFailed: boolean): void {
    const cells = this.#cells;
    const at = index << SHIFT;
    cells[at + ACTIVE]! -= 1;
    cells[at + SPAN]! += now;
    if (now < this.#from) return;
    if (hasFailed) {
      if (began >= this.#from) cells[at + FAILED]! += 1;
      return;
    }
    cells[at + COMPLETED]! += 1;
    if (began >= this.#from) this.latencies[index]!.record(now - began);
  }

  started(index: number): number {
    return this.#cells[(index << SHIFT) + STARTED]!;
  }

  failed(index: number): number {
    return this.#cells[(index << SHIFT) + FAILED]!;
  }

  completed(index: number): number {
    return this.#cells[(index << SHIFT) + COMPLETED]!;
  }

  active(index: number): number {
    return this.#cells[(index << SHIFT) + ACTIVE]!;
  }

  /** Mean numbers in progress since the mark. */
  concurrency(now: number): Float64Array {
    return this.#areas(now).map((area, index) => (area - this.#base[index]!) / (now - this.#from));
  }

  #areas(now: number): Float64Array {
    const cells = this.#cells;
    const areas = new Float64Array(this.size);
    for (let index = 0; index < this.size; index++) {
      const at = index << SHIFT;
      areas[index] = cells[at + SPAN]! + cells[at + ACTIVE]! * now;
    }
    return areas;
  }
}
