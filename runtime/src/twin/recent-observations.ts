/** The last stretch of telemetry, so that a changed model can be held against it at once. Bounded in number and in time. */
import type { Observation } from '@pollux/engine/observation';

const MOST = 20_000;
const WITHIN_MS = 60_000;

export class RecentObservations {
  #batches: { readonly received: number; readonly batch: readonly Observation[] }[] = [];
  #count = 0;

  /** `received`: milliseconds of any clock that does not go back. */
  add(batch: readonly Observation[], received: number): void {
    this.#batches.push({ received, batch });
    this.#count += batch.length;
    while (this.#batches.length > 1 && this.#isTooMuch(received))
      this.#count -= this.#batches.shift()?.batch.length ?? 0;
  }

  all(): readonly (readonly Observation[])[] {
    return this.#batches.map(({ batch }) => batch);
  }

  #isTooMuch(now: number): boolean {
    return this.#count > MOST || now - (this.#batches[0]?.received ?? now) > WITHIN_MS;
  }
}
