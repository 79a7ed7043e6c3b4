/**
 * The states that were found, each a few integers, with how each was reached first. Open addressing over flat arrays: a state costs
 * its own words and four to six more. Knows nothing of what the words mean.
 */
const LEAST = 1024;

export class StateTable {
  readonly words: number;
  /** Of the state last asked for. */
  isNew = false;
  count = 0;
  #states: Int32Array;
  #parents: Int32Array;
  #moves: Int32Array;
  /** State + 1; 0 is free. A power of two, at most three quarters full. */
  #slots = new Int32Array(LEAST * 2);

  constructor(words: number) {
    this.words = words;
    this.#states = new Int32Array(LEAST * words);
    this.#parents = new Int32Array(LEAST);
    this.#moves = new Int32Array(LEAST);
  }

  /** The number of a state, in the order they were found; `parent` and `move` say how, if it is new. */
  find(state: Int32Array, parent: number, move: number): number {
    const { words } = this;
    const mask = this.#slots.length - 1;
    let hash = 0;
    for (let i = 0; i < words; i++) hash = Math.imul((hash ^ state[i]!) + 0x9e3779b9, 0x85ebca6b) ^ (hash >>> 15);
    hash ^= hash >>> 13;
    let slot = hash & mask;
    for (let known = this.#slots[slot]!; known !== 0; known = this.#slots[slot]!) {
      if (this.#equals(known - 1, state)) {
        this.isNew = false;
        return known - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (this.count === this.#parents.length) this.#grow();
    const index = this.count++;
    this.#states.set(state, index * words);
    this.#parents[index] = parent;
    this.#moves[index] = move;
    this.#slots[slot] = index + 1;
    this.isNew = true;
    if (this.count * 4 > this.#slots.length * 3) this.#rehash();
    return index;
  }

  read(index: number, into: Int32Array): void {
    const from = index * this.words;
    for (let i = 0; i < this.words; i++) into[i] = this.#states[from + i]!;
  }

  parent(index: number): number {
    return this.#parents[index] ?? -1;
  }

  move(index: number): number {
    return this.#moves[index] ?? 0;
  }

  /** Of all arrays. */
  get bytes(): number {
    return this.#states.byteLength + this.#parents.byteLength + this.#moves.byteLength + this.#slots.byteLength;
  }

  #equals(index: number, state: Int32Array): boolean {
    const from = index * this.words;
    for (let i = 0; i < this.words; i++) if (this.#states[from + i] !== state[i]) return false;
    return true;
  }

  #grow(): void {
    const capacity = Math.ceil(this.#parents.length * 1.5);
    const widened = (from: Int32Array, length: number): Int32Array => {
      const to = new Int32Array(length);
      to.set(from);
      return to;
    };
    this.#states = widened(this.#states, capacity * this.words);
    this.#parents = widened(this.#parents, capacity);
    this.#moves = widened(this.#moves, capacity);
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let hash = 0;
      const from = index * this.words;
      for (let i = 0; i < this.words; i++)
        hash = Math.imul((hash ^ this.#states[from + i]!) + 0x9e3779b9, 0x85ebca6b) ^ (hash >>> 15);
      hash ^= hash >>> 13;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.#slots = slots;
  }
}
