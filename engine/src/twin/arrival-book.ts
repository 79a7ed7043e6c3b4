/**
 * When each interaction began, of all traces that a twin session tells of: what a scenario can have again (`observed`), and what is frozen.
 * Bounded in memory; knows nothing of how traces are judged.
 */
import type { ElementId, SeenArrivals, Twin } from '../model/index.ts';
import type { EpochMicroseconds } from '../observation/index.ts';
import type { TraceOutcome } from './trace-watch.ts';

/** Beginnings that are kept, all together; when there are more, nothing later is taken. */
const MOST_ARRIVALS = 2_000_000;

export class ArrivalBook {
  readonly #times = new Map<ElementId, number[]>();
  #count = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** A trace that is acquitted later was heard of before. */
  hear({ before, begun, ended }: TraceOutcome): void {
    if (before !== undefined || this.#count >= MOST_ARRIVALS) return;
    for (const { interaction, time: exact } of begun) {
      const time = Math.round(exact);
      const times = this.#times.get(interaction);
      if (times === undefined) this.#times.set(interaction, [time]);
      else times.push(time);
      this.#count++;
      this.#first = Math.min(this.#first, time);
      this.#last = Math.max(this.#last, time, Math.round(ended));
    }
  }

  /** Nothing that began at this time or later was heard. */
  forgetFrom(time: EpochMicroseconds): void {
    this.#count = 0;
    for (const [interaction, times] of this.#times) {
      const kept = times.filter((one) => one < time);
      this.#times.set(interaction, kept);
      this.#count += kept.length;
    }
    this.#last = Math.min(this.#last, time);
  }

  /** By interaction; all of them look at the same stretch of time, from the first beginning to the last end. */
  arrivals({ sampled, name }: Twin): ReadonlyMap<ElementId, SeenArrivals> {
    const begins = this.#first;
    const length = this.#last - begins;
    const seen = new Map<ElementId, SeenArrivals>();
    if (!(length > 0)) return seen;
    for (const [interaction, all] of this.#times) {
      if (all.length === 0) continue;
      const times = all.map((time) => time - begins).sort((a, b) => a - b);
      seen.set(interaction, { times, length, begins, share: sampled ?? 1, source: name });
    }
    return seen;
  }
}
