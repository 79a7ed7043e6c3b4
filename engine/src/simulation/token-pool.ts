/**
 * The tokens of a run (see `behavior/interaction/program`): a record of integers and one of times for each, side by side
 * in two flat arrays. Taken from and given back to a free list, so a run needs memory for what is alive at a time
 * and not for what passes.
 */

/** A token's integers begin at `token << WORD_SHIFT`. */
export const WORD_SHIFT = 4;
export const POSITION = 0;
/** The token that goes on when this one ends; -1: none waits. */
export const PARENT = 1;
/** The transaction it belongs to. */
export const ROOT = 2;
/** The index of the message of a call, or what else it is. */
export const WHAT = 3;
/** The replica on which it executes; -1: nowhere in the deployment. */
export const PLACE = 4;
export const FLAGS = 5;
/** Branches of its `par` that are still running. */
export const BRANCHES = 6;
/** Loops: turns so far. Transactions: index of the interaction. Calls with attempts: those begun. Deliveries: the partition. */
export const COUNT = 7;
/** Loops: turns wanted. Transactions: index of the load. Critical regions: their number. Calls with attempts and deliveries: the message. */
export const GOAL = 8;
/** Transactions: asynchronous executions still running, and one for itself. Calls with attempts: the execution under way. */
export const OPEN = 9;
/** Next in a list: of free tokens, or of those that wait for a core or a thread. */
export const NEXT = 10;
/** Calls with attempts: tells a limit of time whether its attempt still lasts. Never set back. */
export const SERIAL = 11;
/** The token that was made last for something within this one; it is still so where its parent is this one. */
export const INSIDE = 12;
/** Calls with attempts: the execution beside that of `OPEN`. */
export const BESIDE = 13;
/** Calls with attempts: the version of their caller, 0: the one that it begins with. */
export const VERSION = 15;

/** The one before it in a line for threads, connections or a bulkhead, so that it can leave from anywhere in it. */
export const PREVIOUS = 14;

/** A token's times begin at `token << TIME_SHIFT`. */
export const TIME_SHIFT = 2;
/** When it was sent, when it arrived, when it joined the line for a core or a thread; and what its work then takes. */
export const SENT = 0;
export const ARRIVED = 1;
export const QUEUED = 2;
export const DEMAND = 3;

/** What tokens are that are no calls. */
export const TRANSACTION = -1;
export const LOOP = -2;
export const BRANCH = -3;
export const CRITICAL = -4;
/** A call with its attempts, between the caller and the execution. */
export const CALLING = -5;
/** Work that is no part of the model. */
export const BACKGROUND = -6;
/** What an instance of a machine does on a core. */
export const MACHINE_WORK = -7;
/** What was published, on its way to a consumer. */
export const DELIVERY = -8;

/** Flags. */
export const FAILED = 1;
/** A branch of the token's `par` failed. */
export const BRANCH_FAILED = 2;
export const HOLDS_THREAD = 4;
export const WAITS_FOR_THREAD = 8;
/** Its caller has stopped waiting. */
export const ABANDONED = 16;
/** Nothing further of it is to be done. */
export const CANCELLED = 32;
/** The attempt decides whether a breaker closes. */
export const PROBES = 64;
/** It, or its reply, was lost on its way. */
export const LOST = 128;

/** Calls with attempts: an attempt has begun, and may still wait for what it needs before it is sent. */
export const BEGUN = 1 << 10;
/** A place in the bulkhead, and a connection of the caller. */
export const WAITS_FOR_PLACE = 1 << 11;
export const HOLDS_PLACE = 1 << 12;
export const WAITS_FOR_CONNECTION = 1 << 13;
export const HOLDS_CONNECTION = 1 << 14;
/** It was sent twice, and has two of whatever it holds. */
export const HEDGED = 1 << 15;
/** A plain call that is all of a branch of its parent, too. */
export const IS_BRANCH = 65536;

/** Deliveries: the consumer was not there, or crashed: it is to get it again. */
export const UNSERVED = 1 << 17;

export const NO_TOKEN = -1;
/** In `INSIDE`: what it waits for was lost on its way. */
export const NOTHING_COMES = -2;

export class TokenPool {
  readonly limit: number;
  readonly words: Int32Array;
  readonly times: Float64Array;
  #free = NO_TOKEN;
  #used = 0;
  live = 0;

  /** Address space is reserved for all, memory used only for as many as were ever alive together. */
  constructor(limit: number) {
    this.limit = limit;
    this.words = new Int32Array(limit << WORD_SHIFT);
    this.times = new Float64Array(limit << TIME_SHIFT);
  }

  clear(): void {
    this.#free = NO_TOKEN;
    this.#used = 0;
    this.live = 0;
  }

  /** Tokens that were ever alive are below it. */
  get used(): number {
    return this.#used;
  }

  /** A token whose fields hold what an earlier one left; -1 where the limit is reached. */
  take(): number {
    const token = this.#free;
    if (token === NO_TOKEN) return this.#takeNew();
    this.#free = this.words[(token << WORD_SHIFT) + NEXT]!;
    this.live++;
    return token;
  }

  #takeNew(): number {
    if (this.#used === this.limit) return NO_TOKEN;
    this.live++;
    return this.#used++;
  }

  /** The tokens that are in use, in the order of their numbers. */
  liveTokens(): readonly number[] {
    const isFree = new Uint8Array(this.#used);
    for (let token = this.#free; token !== NO_TOKEN; token = this.words[(token << WORD_SHIFT) + NEXT]!)
      isFree[token] = 1;
    const live: number[] = [];
    for (let token = 0; token < this.#used; token++) if (isFree[token] === 0) live.push(token);
    return live;
  }

  /** Whoever was to work on an execution is not there: what was published, and was to be delivered by it, will come again. */
  notServed(execution: number): void {
    let at = this.words[(execution << WORD_SHIFT) + PARENT]!;
    if (at !== NO_TOKEN && this.words[(at << WORD_SHIFT) + WHAT] === CALLING)
      at = this.words[(at << WORD_SHIFT) + PARENT]!;
    if (at !== NO_TOKEN && this.words[(at << WORD_SHIFT) + WHAT] === DELIVERY)
      this.words[(at << WORD_SHIFT) + FLAGS]! |= UNSERVED;
  }

  give(token: number): void {
    this.words[(token << WORD_SHIFT) + NEXT] = this.#free;
    this.#free = token;
    this.live--;
  }
}
