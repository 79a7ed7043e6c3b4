/**
 * So many calls at once, and a line of those that wait for a place: the connections of each replica, the bulkhead of each pair. Those
 * who wait are tokens, chained through their own records. Knows nothing of what a place is for.
 */
import type * as token from './token-pool.ts';
import type { TokenPool } from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const FLAGS = 5 satisfies typeof token.FLAGS;
const NEXT = 10 satisfies typeof token.NEXT;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PREVIOUS = 14 satisfies typeof token.PREVIOUS;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

export interface LineFigures {
  /** Mean number that waited, by line. */
  readonly queue: readonly number[];
  /** How many more waited at the end than at the beginning. */
  readonly growth: readonly number[];
}

export class CallLines {
  readonly #pool: TokenPool;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  /** Flags of a token that has a place, and of one that waits for it. */
  readonly #holds: number;
  readonly #waits: number;
  readonly #held: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #waiting: Int32Array;
  /** Time in line, until `since`. */
  readonly #area: Float64Array;
  readonly #since: Float64Array;
  readonly #waitingAtMark: Int32Array;
  #marked = 0;

  constructor(lines: number, holds: number, waits: number, pool: TokenPool, clock: Float64Array) {
    this.#pool = pool;
    this.#clock = clock;
    this.#holds = holds;
    this.#waits = waits;
    this.#held = new Int32Array(lines);
    this.#first = new Int32Array(lines).fill(NO_TOKEN);
    this.#last = new Int32Array(lines).fill(NO_TOKEN);
    this.#waiting = new Int32Array(lines);
    this.#area = new Float64Array(lines);
    this.#since = new Float64Array(lines);
    this.#waitingAtMark = new Int32Array(lines);
  }

  get size(): number {
    return this.#held.length;
  }

  clear(): void {
    for (const part of [this.#held, this.#waiting, this.#area, this.#since, this.#waitingAtMark]) part.fill(0);
    this.#first.fill(NO_TOKEN);
    this.#last.fill(NO_TOKEN);
    this.#marked = 0;
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#area.fill(0);
    this.#since.fill(now);
    this.#waitingAtMark.set(this.#waiting);
    this.#marked = now;
  }

  held(line: number): number {
    return this.#held[line]!;
  }

  waiting(line: number): number {
    return this.#waiting[line]!;
  }

  /** The first that waits; each knows the next. */
  first(line: number): number {
    return this.#first[line]!;
  }

  /** Whether there is neither a place nor one in the line. */
  isFull(line: number, limit: number, room: number): boolean {
    return this.#held[line]! >= limit && this.#waiting[line]! >= room;
  }

  /** Takes a place at once, without waiting. */
  takes(line: number, limit: number): boolean {
    if (this.#held[line]! >= limit) return false;
    this.#held[line]!++;
    return true;
  }

  /** True where the token has a place now; else it waits in line. */
  enter(token: number, line: number, limit: number): boolean {
    const { words } = this.#pool;
    const at = token << WORD_SHIFT;
    if (this.takes(line, limit)) {
      words[at + FLAGS]! |= this.#holds;
      return true;
    }
    this.#note(line);
    words[at + NEXT] = NO_TOKEN;
    words[at + PREVIOUS] = this.#last[line]!;
    if (this.#last[line] === NO_TOKEN) this.#first[line] = token;
    else words[(this.#last[line]! << WORD_SHIFT) + NEXT] = token;
    this.#last[line] = token;
    this.#waiting[line]!++;
    words[at + FLAGS]! |= this.#waits;
    return false;
  }

  /** Gives a place to the first that waits, where there is one of so many; -1 where there is none, or nobody waits. */
  admit(line: number, limit: number): number {
    const next = this.#first[line]!;
    if (next === NO_TOKEN || !this.takes(line, limit)) return NO_TOKEN;
    this.#unlink(next, line);
    this.#pool.words[(next << WORD_SHIFT) + FLAGS]! |= this.#holds;
    return next;
  }

  /** Gives one place back; returns who has it now, -1 where nobody waited or there are fewer than that (0: no limit). */
  leave(line: number, limit = 0): number {
    const next = this.#first[line]!;
    if (next === NO_TOKEN || (limit > 0 && this.#held[line]! > limit)) {
      this.#held[line]!--;
      return NO_TOKEN;
    }
    this.#unlink(next, line);
    this.#pool.words[(next << WORD_SHIFT) + FLAGS]! |= this.#holds;
    return next;
  }

  /** Takes a token that waits out of the line. */
  withdraw(token: number, line: number): void {
    if ((this.#pool.words[(token << WORD_SHIFT) + FLAGS]! & this.#waits) !== 0) this.#unlink(token, line);
  }

  /** What happened since the mark. */
  figures(now: number): LineFigures {
    const time = now - this.#marked;
    const area = (line: number): number => this.#area[line]! + this.#waiting[line]! * (now - this.#since[line]!);
    return {
      queue: Array.from(this.#area, (_, line) => area(line) / time),
      growth: Array.from(this.#waiting, (count, line) => count - this.#waitingAtMark[line]!),
    };
  }

  #unlink(token: number, line: number): void {
    const { words } = this.#pool;
    this.#note(line);
    const next = words[(token << WORD_SHIFT) + NEXT]!;
    const before = words[(token << WORD_SHIFT) + PREVIOUS]!;
    if (before === NO_TOKEN) this.#first[line] = next;
    else words[(before << WORD_SHIFT) + NEXT] = next;
    if (next === NO_TOKEN) this.#last[line] = before;
    else words[(next << WORD_SHIFT) + PREVIOUS] = before;
    this.#waiting[line]!--;
    words[(token << WORD_SHIFT) + FLAGS]! &= ~this.#waits;
  }

  /** The number in line is about to change. */
  #note(line: number): void {
    const now = this.#clock[0]!;
    this.#area[line]! += this.#waiting[line]! * (now - this.#since[line]!);
    this.#since[line] = now;
  }
}
