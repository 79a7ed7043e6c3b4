/** Calls that nobody worked on, by message and reason; those for which threads had no place are counted by `Threads`. */

export const reasons = { noReplica: 0, limit: 1, bulkhead: 2, lost: 3 } as const;

export type Reason = keyof typeof reasons;

const SHIFT = 2;

/** By message. */
export type TurnedAwayFigures = Readonly<Record<Reason, readonly number[]>>;

export class TurnedAway {
  readonly #counts: Float64Array;
  readonly #base: Float64Array;

  constructor(messages: number) {
    this.#counts = new Float64Array(messages << SHIFT);
    this.#base = new Float64Array(messages << SHIFT);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#base.fill(0);
  }

  /** The warm-up ends. */
  mark(): void {
    this.#base.set(this.#counts);
  }

  /** `reason`: one of `reasons`. */
  count(message: number, reason: number): void {
    this.#counts[(message << SHIFT) + reason]! += 1;
  }

  /** Since the mark. */
  figures(): TurnedAwayFigures {
    const of = (reason: number): readonly number[] =>
      Array.from({ length: this.#counts.length >> SHIFT }, (_, message) => {
        const at = (message << SHIFT) + reason;
        return this.#counts[at]! - this.#base[at]!;
      });
    return {
      noReplica: of(reasons.noReplica),
      limit: of(reasons.limit),
      bulkhead: of(reasons.bulkhead),
      lost: of(reasons.lost),
    };
  }
}
