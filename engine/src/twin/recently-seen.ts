/** Whether something was seen before, for the newest ones; older ones are forgotten by halves. */
export class RecentlySeen {
  readonly #limit: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  /** At least the newest `limit` are remembered, at most twice as many. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  isNew(key: string): boolean {
    if (this.#newer.has(key) || this.#older.has(key)) return false;
    this.#newer.add(key);
    if (this.#newer.size >= this.#limit) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    return true;
  }
}
