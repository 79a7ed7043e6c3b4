/**
 * Where the latest events of a run happened, by a sample of them: a run that has to be ended says what kept it busy. Knows no
 * events, only what is said of them.
 */
import type { ElementId } from '../model/index.ts';

export interface BusyPlace {
  readonly element: ElementId;
  /** As it stands behind "most of them". */
  readonly what: string;
}

/** So many of the sample are remembered. */
const REMEMBERED = 512;

export class BusyPlaces {
  readonly #latest: BusyPlace[] = [];
  #next = 0;

  clear(): void {
    this.#latest.length = 0;
    this.#next = 0;
  }

  note(place: BusyPlace): void {
    this.#latest[this.#next] = place;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  /** Null where nothing was noted. */
  get busiest(): BusyPlace | null {
    const counts = new Map<string, number>();
    let best: BusyPlace | null = null;
    let most = 0;
    for (const place of this.#latest) {
      const key = `${place.element}\n${place.what}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count <= most) continue;
      most = count;
      best = place;
    }
    return best;
  }
}
