/** The sliding figures of every element that was seen: one window an element, made when it is first seen. */
import type { ElementId } from '../model/index.ts';
import { type EpochMicroseconds, SlidingCount, SlidingWindow, type WindowSample } from '../observation/index.ts';
import type { Figures } from './state.ts';

const SECOND = 1_000_000;

interface Counted {
  readonly counts: SlidingCount;
  /** The fragment, state or choice whose ways share out the chances. */
  readonly among: ElementId;
}

export class FigureBook {
  readonly #seconds: number;
  readonly #lengths: ReadonlyMap<ElementId, number>;
  readonly #windows = new Map<ElementId, SlidingWindow>();
  readonly #counted = new Map<ElementId, Counted>();
  readonly #chances = new Map<ElementId, SlidingCount>();
  #began: EpochMicroseconds = Number.POSITIVE_INFINITY;

  /** `lengths`: elements that need a longer window than the others', in seconds. */
  constructor(seconds: number, lengths: ReadonlyMap<ElementId, number>) {
    this.#seconds = seconds;
    this.#lengths = lengths;
  }

  /** The first event time seen: no rate is taken over the time before it. */
  began(time: EpochMicroseconds): void {
    if (time < this.#began) this.#began = time;
  }

  /** What was seen so far had wrong times. */
  forget(): void {
    this.#windows.clear();
    this.#counted.clear();
    this.#chances.clear();
  }

  timed(element: ElementId, time: EpochMicroseconds, duration: number, failed: boolean): void {
    let sliding = this.#windows.get(element);
    if (sliding === undefined) {
      sliding = new SlidingWindow(Math.max(this.#seconds, this.#lengths.get(element) ?? 0));
      this.#windows.set(element, sliding);
    }
    sliding.add(time, duration, failed);
  }

  /** One way out of several was taken. */
  taken(element: ElementId, among: ElementId, time: EpochMicroseconds): void {
    let counted = this.#counted.get(element);
    if (counted === undefined) {
      counted = { counts: new SlidingCount(this.#seconds), among };
      this.#counted.set(element, counted);
    }
    counted.counts.add(time);
  }

  /** It was decided which way to take, perhaps none. */
  decided(among: ElementId, time: EpochMicroseconds): void {
    let chances = this.#chances.get(among);
    if (chances === undefined) {
      chances = new SlidingCount(this.#seconds);
      this.#chances.set(among, chances);
    }
    chances.add(time);
  }

  /** The last `seconds` of an element with the time they cover; undefined where it was never seen. */
  sample(
    element: ElementId,
    now: EpochMicroseconds,
    seconds: number,
  ): { readonly sample: WindowSample; readonly seconds: number } | undefined {
    const sliding = this.#windows.get(element);
    if (sliding === undefined) return undefined;
    sliding.advance(now);
    return { sample: sliding.last(seconds), seconds: this.#covered(now, seconds) };
  }

  figures(now: EpochMicroseconds): Map<ElementId, Figures> {
    const figures = new Map<ElementId, Figures>();
    const covered = this.#covered(now, this.#seconds);
    for (const [element, sliding] of this.#windows) {
      sliding.advance(now);
      const sample = sliding.last(this.#seconds);
      figures.set(element, {
        total: sliding.total,
        rate: covered > 0 ? sample.count / covered : 0,
        ...(sample.count > 0
          ? {
              errors: sample.failed / sample.count,
              p50: sample.quantile(0.5) / SECOND,
              p95: sample.quantile(0.95) / SECOND,
            }
          : {}),
      });
    }
    for (const [element, { counts, among }] of this.#counted) {
      const recent = counts.recent(now);
      const chances = this.#chances.get(among)?.recent(now) ?? 0;
      figures.set(element, {
        total: counts.total,
        rate: covered > 0 ? recent / covered : 0,
        ...(chances > 0 ? { share: recent / chances } : {}),
      });
    }
    return figures;
  }

  #covered(now: EpochMicroseconds, seconds: number): number {
    return Math.max(0, Math.min(seconds, (now - this.#began) / SECOND));
  }
}
