/**
 * How many spans are lost on the way, judged from those whose parent never came, and whether that explains a message that
 * is missing. Only traces whose root was seen count: the others may have begun before anybody watched.
 */
import type { ElementId } from '../model/index.ts';
import { type EpochMicroseconds, type ObservedTrace, SlidingCount } from '../observation/index.ts';
import { shareInterval } from '../property/index.ts';

const SECONDS = 60;
/** So many may belong to traces that were under way when the watching began. */
const UNDER_WAY = 4;
/** What is missing more often than this times the loss was not only lost. */
const BEYOND = 2;

export class SpanLoss {
  readonly #orphans = new SlidingCount(SECONDS);
  readonly #spans = new SlidingCount(SECONDS);
  readonly #missing = new Map<ElementId, SlidingCount>();

  judged({ rootSpan, orphans, spans, end }: ObservedTrace): void {
    if (rootSpan === undefined) return;
    this.#orphans.add(end, orphans);
    // The root has no parent that could be lost.
    this.#spans.add(end, spans - 1);
  }

  /** `message` was missing at `time`; `chances`: how often it could have come lately, this time included. */
  explains(message: ElementId, chances: number, time: EpochMicroseconds): boolean {
    let missing = this.#missing.get(message);
    if (missing === undefined) {
      missing = new SlidingCount(SECONDS);
      this.#missing.set(message, missing);
    }
    missing.add(time);
    const lost = this.#share(time);
    if (lost === 0) return false;
    const count = missing.recent(time);
    return shareInterval(count, Math.max(count, chances)).lower <= BEYOND * lost;
  }

  #share(time: EpochMicroseconds): number {
    const spans = this.#spans.recent(time);
    return spans === 0 ? 0 : Math.max(0, this.#orphans.recent(time) - UNDER_WAY) / spans;
  }
}
