/** How many retries each pair of a calling replica and a called component has left. Knows nothing of calls. */

/** Retries that calls without trouble save up: a long quiet time must not pay for a storm. */
const RESERVE = 10;
/** Shares such as 10 % add up to whole numbers but for rounding. */
const ROUNDING = 1e-9;

export class RetryBudgets {
  readonly #left: Float64Array;

  constructor(pairs: number) {
    this.#left = new Float64Array(pairs);
  }

  clear(): void {
    this.#left.fill(0);
  }

  /** A call earns its share of a retry. */
  earn(pair: number, share: number): void {
    this.#left[pair] = Math.min(Math.max(RESERVE, share), this.#left[pair]! + share);
  }

  /** Whether one retry more is within the budget; it is spent then. */
  spend(pair: number): boolean {
    if (this.#left[pair]! < 1 - ROUNDING) return false;
    this.#left[pair]! -= 1;
    return true;
  }
}
