/**
 * The tokens of a run in flat arrays: transactions, calls, loops and branches of `par` (see `behavior/interaction/program`).
 * Taken from and given back to a free list, so a run allocates for what is alive at a time and not for what passes.
 */

/** What a token is, in `what`; a call has the index of its message. */
export const kind = { root: -1, loop: -2, branch: -3 } as const;

export const flag = {
  failed: 1,
  /** A branch of the token's `par` failed. */
  branchFailed: 2,
} as const;

export const NO_TOKEN = -1;

export class TokenPool {
  readonly limit: number;
  readonly position: Int32Array;
  readonly parent: Int32Array;
  /** The transaction it belongs to. */
  readonly root: Int32Array;
  readonly what: Int32Array;
  /** The replica on which it executes; -1: nowhere in the deployment. */
  readonly place: Int32Array;
  /** Calls: branches still running. Roots: as well. */
  readonly branches: Int32Array;
  /** Loops: turns so far. Roots: index of the interaction. */
  readonly count: Int32Array;
  /** Loops: turns wanted. Roots: index of the load. */
  readonly goal: Int32Array;
  /** Roots: asynchronous executions still running, and one for itself. */
  readonly open: Int32Array;
  readonly flags: Uint8Array;
  /** When it was sent, and when it arrived. */
  readonly sent: Float64Array;
  readonly arrived: Float64Array;
  /** What its work takes, once it gets a core. */
  readonly demand: Float64Array;
  readonly #nextFree: Int32Array;
  #free = NO_TOKEN;
  #used = 0;
  live = 0;

  /** Address space is reserved for all, memory used only for as many as were ever alive together. */
  constructor(limit: number) {
    this.limit = limit;
    this.position = new Int32Array(limit);
    this.parent = new Int32Array(limit);
    this.root = new Int32Array(limit);
    this.what = new Int32Array(limit);
    this.place = new Int32Array(limit);
    this.branches = new Int32Array(limit);
    this.count = new Int32Array(limit);
    this.goal = new Int32Array(limit);
    this.open = new Int32Array(limit);
    this.flags = new Uint8Array(limit);
    this.sent = new Float64Array(limit);
    this.arrived = new Float64Array(limit);
    this.demand = new Float64Array(limit);
    this.#nextFree = new Int32Array(limit);
  }

  clear(): void {
    this.#free = NO_TOKEN;
    this.#used = 0;
    this.live = 0;
  }

  /** A token whose fields hold what an earlier one left; -1 where the limit is reached. */
  take(): number {
    const token = this.#free;
    if (token !== NO_TOKEN) {
      this.#free = this.#nextFree[token]!;
      this.live++;
      return token;
    }
    if (this.#used === this.limit) return NO_TOKEN;
    this.live++;
    return this.#used++;
  }

  give(token: number): void {
    this.#nextFree[token] = this.#free;
    this.#free = token;
    this.live--;
  }
}
