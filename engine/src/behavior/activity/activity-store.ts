/**
 * The records of invocations and their tokens, side by side in flat arrays, taken from and given back to a free list: memory is
 * needed for what is alive at a time and not for what passes. Knows nothing of what the fields mean to a run.
 */
import type { Known } from '../../expressions/index.ts';

/** Integers of a record begin at `record << WORD_SHIFT`. */
export const WORD_SHIFT = 4;
/** A token's node; of an invocation its activity. */
export const NODE = 0;
/** The token that stands in the structured node around; -1: none. */
export const PARENT = 1;
/** The invocation; of an invocation itself. */
export const RUN = 2;
export const STATE = 3;
/** Neighbours among the tokens of one invocation; of an invocation the first of them. */
export const NEXT = 4;
export const PREVIOUS = 5;
/** Of a token that waits at a join: which edge it came along. */
export const ORDINAL = 6;
/** What was acquired and goes with the token, or stays with the invocation: the first of its holdings. */
export const HELD = 7;
/** Tokens inside a structured node, or right in the invocation, that keep it going. */
export const INSIDE = 8;
/** Whether the claim of the node it stands in is held. */
export const HOLDS = 9;
/** Of a token: the invocation that it waits for, -1 where it is none. Of an invocation: who waits, as `begin` was told. */
export const OTHER = 10;
/** Free for whoever keeps a line of waiting tokens. */
export const PLACE = 11;
/** A spontaneous accept action that has taken an event already: keeps nothing going. */
export const IS_AGAIN = 12;
/** Tells an invocation from an earlier one with the same record. Never set back within a run. */
export const SERIAL = 13;

/** Times of a record begin at `record << TIME_SHIFT`. */
export const TIME_SHIFT = 2;
/** When the token came to its node; when the invocation began. */
export const BEGAN = 0;
/** When it is to be woken; -1: never. */
export const DUE = 1;
/** Free for whoever keeps a line of waiting tokens: order within it. */
export const RANK = 2;
export const ORDER = 3;

export const state = {
  free: 0,
  /** Comes to its node, as soon as its turn has come. */
  ready: 1,
  /** Has got what it waited for, and goes on as soon as its turn has come. */
  granted: 2,
  waiting: 3,
  working: 4,
  /** Its work is done elsewhere. */
  elsewhere: 5,
  accepting: 6,
  joining: 7,
  inside: 8,
  invocation: 9,
  /** What was done elsewhere is over, well or not; it goes on as soon as its turn has come. */
  done: 10,
  failed: 11,
} as const;

export const NONE = -1;

export class ActivityStore {
  readonly limit: number;
  readonly words: Int32Array;
  readonly times: Float64Array;
  /** By invocation: parameters and variables. */
  readonly slots: Known[][] = [];
  /** By invocation: which nodes a token has stood in, a bit each. */
  readonly seen: Int32Array;
  readonly seenWords: number;
  live = 0;
  #free = NONE;
  #used = 0;
  /** Holdings: resource, amount, next. */
  readonly #holdings: number[] = [];
  #freeHolding = NONE;

  /** Address space is reserved for all, memory used only for as many as were ever alive together. */
  constructor(limit: number, mostNodes: number) {
    this.limit = limit;
    this.words = new Int32Array(limit << WORD_SHIFT);
    this.times = new Float64Array(limit << TIME_SHIFT);
    this.seenWords = (mostNodes + 31) >> 5;
    this.seen = new Int32Array(limit * this.seenWords);
  }

  /** How far records have ever been used. */
  get used(): number {
    return this.#used;
  }

  clear(): void {
    for (let record = 0; record < this.#used; record++) {
      this.words[(record << WORD_SHIFT) + STATE] = state.free;
      this.words[(record << WORD_SHIFT) + SERIAL] = 0;
    }
    this.#free = NONE;
    this.#used = 0;
    this.live = 0;
    this.#holdings.length = 0;
    this.#freeHolding = NONE;
  }

  /** A record whose fields hold what an earlier one left; -1 where the limit is reached. */
  take(): number {
    const record = this.#free;
    if (record === NONE) {
      if (this.#used === this.limit) return NONE;
      this.live++;
      return this.#used++;
    }
    this.#free = this.words[(record << WORD_SHIFT) + NEXT]!;
    this.live++;
    return record;
  }

  give(record: number): void {
    const at = record << WORD_SHIFT;
    this.words[at + SERIAL]!++;
    this.words[at + STATE] = state.free;
    this.words[at + NEXT] = this.#free;
    this.#free = record;
    this.live--;
  }

  /** Notes that a token of the invocation stands in the node; true the first time. */
  see(run: number, node: number): boolean {
    const at = run * this.seenWords + (node >> 5);
    const bit = 1 << (node & 31);
    if ((this.seen[at]! & bit) !== 0) return false;
    this.seen[at]! |= bit;
    return true;
  }

  hasSeen(run: number, node: number): boolean {
    return (this.seen[run * this.seenWords + (node >> 5)]! & (1 << (node & 31))) !== 0;
  }

  forgetSeen(run: number): void {
    const at = run * this.seenWords;
    this.seen.fill(0, at, at + this.seenWords);
  }

  hold(record: number, resource: number, amount: number): void {
    const head = (record << WORD_SHIFT) + HELD;
    let holding = this.#freeHolding;
    if (holding === NONE) {
      holding = this.#holdings.length;
      this.#holdings.push(resource, amount, this.words[head]!);
    } else {
      this.#freeHolding = this.#holdings[holding + 2]!;
      this.#holdings[holding] = resource;
      this.#holdings[holding + 1] = amount;
      this.#holdings[holding + 2] = this.words[head]!;
    }
    this.words[head] = holding;
  }

  /** Takes up to so many of a resource from what goes with a record; returns how many there were. */
  letGo(record: number, resource: number, amount: number): number {
    const holdings = this.#holdings;
    let before = NONE;
    let left = amount;
    let at = this.words[(record << WORD_SHIFT) + HELD]!;
    while (at !== NONE && left > 0) {
      const next = holdings[at + 2]!;
      if (holdings[at] !== resource) before = at;
      else {
        const taken = Math.min(left, holdings[at + 1]!);
        left -= taken;
        holdings[at + 1]! -= taken;
        if (holdings[at + 1]! > 0) before = at;
        else {
          if (before === NONE) this.words[(record << WORD_SHIFT) + HELD] = next;
          else holdings[before + 2] = next;
          holdings[at + 2] = this.#freeHolding;
          this.#freeHolding = at;
        }
      }
      at = next;
    }
    return amount - left;
  }

  /** What goes with one record goes with the other from now on. */
  handOver(from: number, to: number): void {
    const head = (from << WORD_SHIFT) + HELD;
    const first = this.words[head]!;
    if (first === NONE) return;
    let last = first;
    for (let next = this.#holdings[last + 2]!; next !== NONE; next = this.#holdings[last + 2]!) last = next;
    this.#holdings[last + 2] = this.words[(to << WORD_SHIFT) + HELD]!;
    this.words[(to << WORD_SHIFT) + HELD] = first;
    this.words[head] = NONE;
  }

  eachHeld(record: number, each: (resource: number, amount: number) => void): void {
    const holdings = this.#holdings;
    for (let at = this.words[(record << WORD_SHIFT) + HELD]!; at !== NONE; at = holdings[at + 2]!) {
      each(holdings[at]!, holdings[at + 1]!);
    }
  }

  /** Takes everything that goes with a record away from it. */
  dropAll(record: number, each: (resource: number, amount: number) => void): void {
    const head = (record << WORD_SHIFT) + HELD;
    const holdings = this.#holdings;
    let at = this.words[head]!;
    this.words[head] = NONE;
    while (at !== NONE) {
      const next = holdings[at + 2]!;
      const [resource, amount] = [holdings[at]!, holdings[at + 1]!];
      holdings[at + 2] = this.#freeHolding;
      this.#freeHolding = at;
      each(resource, amount);
      at = next;
    }
  }
}
