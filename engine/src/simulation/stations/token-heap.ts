/**
 * Tokens in order of a key, the least first, equals in order of their turn. A token stands in one heap at most, so the
 * records by token are shared by all heaps of a run. Knows nothing of what the keys mean.
 */

const NOWHERE = -1;

/** By token: what a heap orders by, and where in its heap it stands. */
export class TokenRanks {
  readonly keys: Float64Array;
  readonly turns: Float64Array;
  readonly slots: Int32Array;

  constructor(limit: number) {
    this.keys = new Float64Array(limit);
    this.turns = new Float64Array(limit);
    this.slots = new Int32Array(limit);
    this.clear();
  }

  clear(): void {
    this.slots.fill(NOWHERE);
  }
}

export class TokenHeap {
  readonly #ranks: TokenRanks;
  #tokens = new Int32Array(64);
  #size = 0;

  constructor(ranks: TokenRanks) {
    this.#ranks = ranks;
  }

  get size(): number {
    return this.#size;
  }

  /** The ranks are cleared by whoever owns them. */
  clear(): void {
    this.#size = 0;
  }

  /** The token at a place of the heap; the least stands at 0. */
  at(place: number): number {
    return this.#tokens[place]!;
  }

  holds(token: number): boolean {
    const slot = this.#ranks.slots[token]!;
    return slot !== NOWHERE && slot < this.#size && this.#tokens[slot] === token;
  }

  push(token: number): void {
    if (this.#size === this.#tokens.length) {
      const larger = new Int32Array(this.#size * 2);
      larger.set(this.#tokens);
      this.#tokens = larger;
    }
    this.#rise(token, this.#size++);
  }

  /** Takes a token out that stands in this heap. */
  remove(token: number): void {
    const { slots } = this.#ranks;
    const place = slots[token]!;
    slots[token] = NOWHERE;
    const last = this.#tokens[--this.#size]!;
    if (last === token) return;
    if (place > 0 && this.#isBefore(last, this.#tokens[(place - 1) >> 1]!)) this.#rise(last, place);
    else this.#sink(last, place);
  }

  #isBefore(one: number, other: number): boolean {
    const { keys, turns } = this.#ranks;
    if (keys[one]! !== keys[other]!) return keys[one]! < keys[other]!;
    return turns[one]! < turns[other]!;
  }

  #rise(token: number, from: number): void {
    const tokens = this.#tokens;
    const { slots } = this.#ranks;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = tokens[parent]!;
      if (!this.#isBefore(token, above)) break;
      tokens[at] = above;
      slots[above] = at;
      at = parent;
    }
    tokens[at] = token;
    slots[token] = at;
  }

  #sink(token: number, from: number): void {
    const tokens = this.#tokens;
    const { slots } = this.#ranks;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isBefore(tokens[child + 1]!, tokens[child]!)) child++;
      const below = tokens[child]!;
      if (!this.#isBefore(below, token)) break;
      tokens[at] = below;
      slots[below] = at;
      at = child;
    }
    tokens[at] = token;
    slots[token] = at;
  }
}
