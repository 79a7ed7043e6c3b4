/**
 * What a run counts, by small integers: messages, then interactions. When the warm-up ends the counting begins anew. Knows
 * nothing of what the integers stand for.
 */
import { QuantileSketch } from '../numeric/index.ts';

/** Cells of one subject. */
export const CELL_SHIFT = 3;
export const STARTED = 0;
const FAILED = 1;
export const COMPLETED = 2;
/** In progress now, whenever they began. */
export const ACTIVE = 3;
/** Sum of the ends less sum of the beginnings; with those in progress times now it is the time spent in progress. */
export const SPAN = 4;
/** Of those that ended since the mark: begun before it. */
export const EARLIER = 5;
const EARLIER_FAILED = 6;
/** So many are put into a sketch at once: one after the other they would wait for each other's buckets. */
export const NOTED_SHIFT = 5;
export const NOTED_LIMIT = 32;

export class Tallies {
  readonly size: number;
  /** By subject, as the constants above say. */
  readonly cells: Float64Array;
  /** By subject: the times that are not in the sketch yet. */
  readonly noted: Float64Array;
  /** By subject: how many these are. */
  readonly notedCount: Int32Array;
  readonly #latencies: readonly QuantileSketch[];
  #base: Float64Array;
  #from = 0;

  readonly #clock: Float64Array;
  readonly #times: Float64Array;

  /** `clock` holds the time now, `times` when things began: passing numbers would make objects of them. */
  constructor(size: number, clock: Float64Array, times: Float64Array) {
    this.size = size;
    this.#clock = clock;
    this.#times = times;
    this.#latencies = Array.from({ length: size }, () => new QuantileSketch());
    this.cells = new Float64Array(size << CELL_SHIFT);
    this.noted = new Float64Array(size << NOTED_SHIFT);
    this.notedCount = new Int32Array(size);
    this.#base = new Float64Array(size);
  }

  clear(): void {
    this.cells.fill(0);
    this.notedCount.fill(0);
    for (const sketch of this.#latencies) sketch.clear();
    this.#base.fill(0);
    this.#from = 0;
  }

  /** Only what begins from here on has started, and only what ends from here on has ended. */
  get from(): number {
    return this.#from;
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#from = now;
    this.#base = this.#areas(now);
    const cells = this.cells;
    for (let at = 0; at < cells.length; at += 1 << CELL_SHIFT) {
      cells[at | STARTED] = 0;
      cells[at | FAILED] = 0;
      cells[at | COMPLETED] = 0;
      cells[at | EARLIER] = 0;
      cells[at | EARLIER_FAILED] = 0;
    }
    this.notedCount.fill(0);
    for (const sketch of this.#latencies) sketch.clear();
  }

  begin(index: number): void {
    const cells = this.cells;
    const at = index << CELL_SHIFT;
    cells[at | ACTIVE]! += 1;
    cells[at | SPAN]! -= this.#clock[0]!;
    cells[at | STARTED]! += 1;
  }

  beginAt(index: number, time: number): void {
    const cells = this.cells;
    const at = index << CELL_SHIFT;
    cells[at | ACTIVE]! += 1;
    cells[at | SPAN]! -= time;
    if (time >= this.#from) cells[at | STARTED]! += 1;
  }

  /** One that is turned away at once: begun, and nothing else. */
  turnAway(index: number): void {
    this.cells[(index << CELL_SHIFT) | STARTED]! += 1;
  }

  /**
   * `began`: where in the times it stands. What began before the mark counts as well: else only the short would be left of what takes
   * long beside the run.
   */
  end(index: number, began: number, hasFailed: boolean): void {
    const cells = this.cells;
    const at = index << CELL_SHIFT;
    const now = this.#clock[0]!;
    cells[at | ACTIVE]! -= 1;
    cells[at | SPAN]! += now;
    const time = this.#times[began]!;
    if (hasFailed) {
      cells[at | FAILED]! += 1;
      if (time < this.#from) cells[at | EARLIER_FAILED]! += 1;
      return;
    }
    cells[at | COMPLETED]! += 1;
    if (time < this.#from) cells[at | EARLIER]! += 1;
    this.#note(index, now - time);
  }

  /** One that takes no time. */
  instant(index: number): void {
    const at = index << CELL_SHIFT;
    this.cells[at | STARTED]! += 1;
    this.cells[at | COMPLETED]! += 1;
    this.#note(index, 0);
  }

  #note(index: number, time: number): void {
    const count = this.notedCount[index]!;
    this.noted[(index << NOTED_SHIFT) + count] = time;
    this.notedCount[index] = count + 1;
    if (count + 1 === NOTED_LIMIT) this.settle(index);
  }

  /** Puts the times of a subject that were noted down into its sketch. */
  settle(index: number): void {
    const from = index << NOTED_SHIFT;
    this.#latencies[index]!.recordAll(this.noted, from, from + this.notedCount[index]!);
    this.notedCount[index] = 0;
  }

  /** How long what has ended well took, by subject. To be asked for anew after anything was counted. */
  get latencies(): readonly QuantileSketch[] {
    for (let index = 0; index < this.size; index++) this.settle(index);
    return this.#latencies;
  }

  /** What was counted since the mark: started, failed, completed and the time in progress of each, one after the other. Sketches are up to date. */
  counts(now: number): Float64Array {
    for (let index = 0; index < this.size; index++) this.settle(index);
    const cells = this.cells;
    const areas = this.#areas(now);
    const counts = new Float64Array(this.size << 2);
    for (let index = 0; index < this.size; index++) {
      const at = index << CELL_SHIFT;
      const to = index << 2;
      counts[to] = cells[at | STARTED]!;
      counts[to + 1] = cells[at | FAILED]!;
      counts[to + 2] = cells[at | COMPLETED]!;
      counts[to + 3] = areas[index]! - this.#base[index]!;
    }
    return counts;
  }

  started(index: number): number {
    return this.cells[(index << CELL_SHIFT) | STARTED]!;
  }

  failed(index: number): number {
    return this.cells[(index << CELL_SHIFT) | FAILED]!;
  }

  completed(index: number): number {
    return this.cells[(index << CELL_SHIFT) | COMPLETED]!;
  }

  /** Of the completed: begun before the mark. */
  earlier(index: number): number {
    return this.cells[(index << CELL_SHIFT) | EARLIER]!;
  }

  earlierFailed(index: number): number {
    return this.cells[(index << CELL_SHIFT) | EARLIER_FAILED]!;
  }

  active(index: number): number {
    return this.cells[(index << CELL_SHIFT) | ACTIVE]!;
  }

  /** Mean numbers in progress since the mark. */
  concurrency(now: number): Float64Array {
    // Sums of large times: where nothing was in progress they may leave a trace below 0.
    return this.#areas(now).map((area, index) => Math.max(0, area - this.#base[index]!) / (now - this.#from));
  }

  #areas(now: number): Float64Array {
    const cells = this.cells;
    const areas = new Float64Array(this.size);
    for (let index = 0; index < this.size; index++) {
      const at = index << CELL_SHIFT;
      areas[index] = cells[at | SPAN]! + cells[at | ACTIVE]! * now;
    }
    return areas;
  }
}
