/**
 * The names that come most often in an endless stream, in bounded memory (lossy counting, Manku & Motwani 2002): of N names seen, any
 * that came more than N / limit times is kept, and no count is wrong by more than that. Knows nothing of what the names are of.
 */
export class FrequentNames<T> {
  readonly #limit: number;
  #counted = new Map<string, { readonly item: T; count: number }>();
  /** What a forgotten name can have come at most. */
  #missed = 0;

  /** At least `limit` names are kept, at most twice as many. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  note(key: string, item: () => T): void {
    const known = this.#counted.get(key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    if (this.#counted.size >= this.#limit * 2) this.#forget();
    this.#counted.set(key, { item: item(), count: this.#missed + 1 });
  }

  /** Most frequent first, then by name; at most `limit`. */
  ranked(): readonly (T & { readonly count: number })[] {
    return this.#ordered()
      .slice(0, this.#limit)
      .map(([, { item, count }]) => ({ ...item, count }));
  }

  #ordered() {
    return [...this.#counted].sort(
      ([one, { count: more }], [other, { count: less }]) => less - more || (one < other ? -1 : 1),
    );
  }

  #forget(): void {
    const ordered = this.#ordered();
    this.#missed = Math.max(this.#missed, ordered[this.#limit]?.[1].count ?? 0);
    this.#counted = new Map(ordered.slice(0, this.#limit));
  }
}
