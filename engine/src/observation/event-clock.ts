/**
 * Event time: how far the observed system's own clock has come, judged from what it reported. A person's clock only
 * lets it run on while nothing arrives, so old recordings and skewed hosts are judged the same as a live system.
 */
import type { EpochMicroseconds } from './observation.ts';

/** A leap by more than this needs a second witness: one broken clock must not make everything else late. */
export const LEAP = 600_000_000;

export class EventClock {
  /** The newest time that was reported; 0 before the first. */
  newest: EpochMicroseconds = 0;
  #doubtful: { time: EpochMicroseconds; witness: string } | undefined;
  /** The only witness so far; null when there were two that agree. */
  #sole: string | null | undefined;
  #anchor: number | undefined;
  #fresh = true;
  #idle = 0;

  /** Something happened at that time; `witness` tells independent reports apart (a trace id, a service). */
  report(time: EpochMicroseconds, witness: string): void {
    if (!Number.isFinite(time)) return;
    this.#fresh = true;
    this.#confirm(time, witness);
    if (time <= this.newest) return;
    if (this.newest === 0 || time <= this.newest + LEAP) this.#accept(time);
    else if (
      this.#doubtful !== undefined &&
      this.#doubtful.witness !== witness &&
      Math.abs(time - this.#doubtful.time) <= LEAP
    ) {
      this.#accept(Math.max(time, this.#doubtful.time));
    } else this.#doubtful = { time, witness };
  }

  /** The observer's clock shows `now` (any epoch): only its progress since the last report counts. */
  advance(now: number): void {
    if (this.#fresh || this.#anchor === undefined) {
      this.#anchor = now;
      this.#fresh = false;
      this.#idle = 0;
    } else this.#idle = Math.max(this.#idle, now - this.#anchor);
  }

  /** The event time that it is now; goes back only by an idle stretch, or where the very first report was wrong. */
  get now(): EpochMicroseconds {
    return this.newest === 0 ? 0 : this.newest + this.#idle;
  }

  /** Until a second witness agrees with the first, the first may be the broken one. */
  #confirm(time: EpochMicroseconds, witness: string): void {
    if (this.#sole === null) return;
    if (this.#sole === undefined) this.#sole = witness;
    else if (this.#sole !== witness) {
      if (time >= this.newest - LEAP) this.#sole = null;
      else {
        this.#sole = witness;
        this.newest = 0;
        this.#idle = 0;
      }
    }
  }

  #accept(time: EpochMicroseconds): void {
    this.#idle = Math.max(0, this.#idle - (time - this.newest));
    this.newest = time;
    this.#doubtful = undefined;
  }
}
