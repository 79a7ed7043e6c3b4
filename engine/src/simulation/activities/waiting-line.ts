/** A line of waiting tokens in the order in which they are served: a binary heap in which each knows its place, so that it can leave. */

import { type ActivityStore, ORDER, PLACE, RANK, TIME_SHIFT, WORD_SHIFT } from '../../behavior/index.ts';

export class WaitingLine {
  size = 0;
  #tokens = new Int32Array(16);
  readonly #words: Int32Array;
  readonly #times: Float64Array;

  constructor({ words, times }: ActivityStore) {
    this.#words = words;
    this.#times = times;
  }

  clear(): void {
    this.size = 0;
  }

  add(token: number, rank: number, order: number): void {
    this.#times[(token << TIME_SHIFT) + RANK] = rank;
    this.#times[(token << TIME_SHIFT) + ORDER] = order;
    if (this.size === this.#tokens.length) {
      const larger = new Int32Array(this.size * 2);
      larger.set(this.#tokens);
      this.#tokens = larger;
    }
    this.#rise(token, this.size++);
  }

  /** The first of this line goes before the first of the other. */
  isBefore(other: WaitingLine): boolean {
    return this.#goesFirst(this.#tokens[0]!, other.#tokens[0]!);
  }

  shift(): number {
    const first = this.#tokens[0]!;
    this.remove(first);
    return first;
  }

  remove(token: number): void {
    const at = this.#words[(token << WORD_SHIFT) + PLACE]!;
    const last = this.#tokens[--this.size]!;
    if (last === token) return;
    if (at > 0 && this.#goesFirst(last, this.#tokens[(at - 1) >> 1]!)) this.#rise(last, at);
    else this.#sink(last, at);
  }

  #rise(token: number, from: number): void {
    const tokens = this.#tokens;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#goesFirst(token, tokens[parent]!)) break;
      this.#put(tokens[parent]!, at);
      at = parent;
    }
    this.#put(token, at);
  }

  #sink(token: number, from: number): void {
    const tokens = this.#tokens;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.#goesFirst(tokens[child + 1]!, tokens[child]!)) child++;
      if (!this.#goesFirst(tokens[child]!, token)) break;
      this.#put(tokens[child]!, at);
      at = child;
    }
    this.#put(token, at);
  }

  #put(token: number, at: number): void {
    this.#tokens[at] = token;
    this.#words[(token << WORD_SHIFT) + PLACE] = at;
  }

  #goesFirst(one: number, other: number): boolean {
    const times = this.#times;
    const a = one << TIME_SHIFT;
    const b = other << TIME_SHIFT;
    if (times[a + RANK] !== times[b + RANK]) return times[a + RANK]! > times[b + RANK]!;
    return times[a + ORDER]! < times[b + ORDER]!;
  }
}
