/**
 * Runs a piece of behaviour once for every way that what is left open can come out. The behaviour is replayed from the
 * start with the next list of decisions each time, so it needs no copies of its state on the way.
 */
import type { Oracle } from './machine-host.ts';

export class EveryOutcome implements Oracle {
  readonly #chosen: number[] = [];
  readonly #counts: number[] = [];
  #at = 0;

  /** What was decided in the run so far, in order. */
  get decisions(): readonly number[] {
    return this.#chosen.slice(0, this.#at);
  }

  maybe(): boolean {
    return this.pick(2) === 0;
  }

  pick(count: number): number {
    if (this.#at === this.#chosen.length) {
      this.#chosen.push(0);
      this.#counts.push(count);
    }
    return this.#chosen[this.#at++]!;
  }

  /** Calls `run` for each outcome; false where there were more than `limit`, or where `run` would rather not go on. */
  each(limit: number, run: () => boolean): boolean {
    this.#chosen.length = 0;
    this.#counts.length = 0;
    for (let outcomes = 0; outcomes < limit; outcomes++) {
      this.#at = 0;
      const goesOn = run();
      if (!this.#next()) return true;
      if (!goesOn) return false;
    }
    return false;
  }

  #next(): boolean {
    while (this.#chosen.length > 0) {
      const last = this.#chosen.length - 1;
      if (++this.#chosen[last]! < this.#counts[last]!) return true;
      this.#chosen.pop();
      this.#counts.pop();
    }
    return false;
  }
}
