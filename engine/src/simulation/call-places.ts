/**
 * What a call needs at its caller before it is sent: a place in the bulkhead towards the component called, then a connection. Tokens
 * that wait are calls with attempts. Knows nothing of what happens to a call once it is sent.
 */
import type { Program } from '../behavior/interaction/index.ts';
import { CallLines } from './call-lines.ts';
import type { CallPairs } from './call-pairs.ts';
import type { CallPolicies } from './call-policies.ts';
import type { Layout } from './layout.ts';
import { policiesIn } from './policies-in.ts';
import type * as token from './token-pool.ts';
import { HOLDS_CONNECTION, HOLDS_PLACE, type TokenPool, WAITS_FOR_CONNECTION, WAITS_FOR_PLACE } from './token-pool.ts';
import type { TokenQueue } from './token-queue.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const FLAGS = 5 satisfies typeof token.FLAGS;
const HEDGED = 32768 satisfies typeof token.HEDGED;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PLACE = 4 satisfies typeof token.PLACE;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

export class CallPlaces {
  readonly #policies: CallPolicies;
  readonly #pairs: CallPairs;
  readonly #words: Int32Array;
  readonly bulkheads: CallLines;
  readonly connections: CallLines;
  /** By calling replica, or component that runs nowhere; 0: as many connections as anyone asks for. */
  readonly #limits: Int32Array;
  readonly #declared: Int32Array;
  /** As each is set up in the version that it runs. */
  readonly #own: Int32Array;
  /** What the timeline has set; undefined: as it is set up. */
  readonly #set: (number | undefined)[] = [];
  readonly isNeeded: boolean;

  constructor(parts: {
    readonly program: Program;
    readonly layout: Layout;
    readonly pairs: CallPairs;
    readonly policies: CallPolicies;
    readonly pool: TokenPool;
    readonly clock: Float64Array;
  }) {
    const { program, layout, pairs, policies, pool, clock } = parts;
    this.#policies = policies;
    this.#pairs = pairs;
    this.#words = pool.words;
    this.isNeeded = policiesIn(program.messages).some(
      ({ bulkhead, needsConnection }) => bulkhead !== null || needsConnection,
    );
    const size = this.isNeeded ? pairs.size : 0;
    this.bulkheads = new CallLines(size, HOLDS_PLACE, WAITS_FOR_PLACE, pool, clock);
    this.connections = new CallLines(pairs.callers, HOLDS_CONNECTION, WAITS_FOR_CONNECTION, pool, clock);
    this.#limits = new Int32Array(pairs.callers);
    layout.capacityOfReplica.forEach(({ connections }, replica) => {
      this.#limits[replica] = connections ?? 0;
    });
    for (const { index, caller } of program.messages) {
      const connections = caller === null ? undefined : layout.capacityOf.get(caller)?.connections;
      this.#limits[pairs.callerOf(-1, index)] = connections ?? 0;
    }
    this.#declared = this.#limits.slice();
    this.#own = this.#limits.slice();
  }

  clear(): void {
    this.#limits.set(this.#declared);
    this.#own.set(this.#declared);
    this.#set.length = 0;
    this.bulkheads.clear();
    this.connections.clear();
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.bulkheads.mark(now);
    this.connections.mark(now);
  }

  limitOf(caller: number): number {
    return this.#limits[caller]!;
  }

  /** The replica is set up so from now on; what the timeline has set of it stays. Whoever waited and has one now is ready. */
  setOwnConnections(caller: number, connections: number | undefined, ready: TokenQueue): void {
    this.#own[caller] = connections ?? 0;
    this.setConnections(caller, this.#set[caller], ready);
  }

  /** Fewer than are held: they are given back as calls end. Undefined: as it is set up. Whoever waited and has one now is ready. */
  setConnections(caller: number, connections: number | undefined, ready: TokenQueue): void {
    this.#set[caller] = connections;
    const limit = connections ?? this.#own[caller]!;
    this.#limits[caller] = limit;
    const most = limit === 0 ? Number.POSITIVE_INFINITY : limit;
    for (
      let next = this.connections.admit(caller, most);
      next !== NO_TOKEN;
      next = this.connections.admit(caller, most)
    )
      ready.push(next);
  }

  /** A bulkhead may have more places than before: whoever waited and has one now is ready. */
  admitToBulkhead(pair: number, ready: TokenQueue): void {
    for (let next = this.bulkheads.first(pair); next !== NO_TOKEN; next = this.bulkheads.first(pair)) {
      if (this.bulkheads.admit(pair, this.#policies.of(next).bulkhead!.calls) === NO_TOKEN) return;
      ready.push(next);
    }
  }

  /** Whether the bulkhead has no place for another call, not even in its line. */
  isFull(token: number, message: number): boolean {
    const { bulkhead } = this.#policies.of(token);
    return bulkhead !== null && this.bulkheads.isFull(this.#pairOf(token, message), bulkhead.calls, bulkhead.queue);
  }

  /** True where the call has what it needs; else it waits in line, and is to ask again when it has come to the front. */
  enter(token: number, message: number): boolean {
    const flags = (token << WORD_SHIFT) + FLAGS;
    const { bulkhead, needsConnection } = this.#policies.of(token);
    if (bulkhead !== null && (this.#words[flags]! & HOLDS_PLACE) === 0) {
      if (!this.bulkheads.enter(token, this.#pairOf(token, message), bulkhead.calls)) return false;
    }
    if (!needsConnection || (this.#words[flags]! & HOLDS_CONNECTION) !== 0) return true;
    const caller = this.#callerOf(token, message);
    const limit = this.#limits[caller]!;
    return limit === 0 || this.connections.enter(token, caller, limit);
  }

  /** Whether all that a second sending needs is there at once; it is taken then. */
  entersAgain(token: number, message: number): boolean {
    const { bulkhead } = this.#policies.of(token);
    const flags = this.#words[(token << WORD_SHIFT) + FLAGS]!;
    const pair = this.#pairOf(token, message);
    if ((flags & HOLDS_PLACE) !== 0 && !this.bulkheads.takes(pair, bulkhead!.calls)) return false;
    if ((flags & HOLDS_CONNECTION) === 0) return true;
    const caller = this.#callerOf(token, message);
    if (this.connections.takes(caller, this.#limits[caller]!)) return true;
    if ((flags & HOLDS_PLACE) !== 0) this.#leaveBulkhead(pair);
    return false;
  }

  /** Gives back what one of two sendings held; whoever waited for it is ready. */
  giveBackOne(token: number, message: number, ready: TokenQueue): void {
    const flags = this.#words[(token << WORD_SHIFT) + FLAGS]!;
    if ((flags & HOLDS_CONNECTION) !== 0) {
      const caller = this.#callerOf(token, message);
      wake(this.connections.leave(caller, this.#limits[caller]!), ready);
    }
    if ((flags & HOLDS_PLACE) !== 0) wake(this.#leaveBulkhead(this.#pairOf(token, message)), ready);
  }

  /** Gives everything back, or stops waiting for it. */
  giveBack(token: number, message: number, ready: TokenQueue): void {
    const at = (token << WORD_SHIFT) + FLAGS;
    this.withdraw(token, message);
    if ((this.#words[at]! & HEDGED) !== 0) this.giveBackOne(token, message, ready);
    this.giveBackOne(token, message, ready);
    this.#words[at]! &= ~(HOLDS_PLACE | HOLDS_CONNECTION | HEDGED);
  }

  /** Takes a call that waits out of its line. */
  withdraw(token: number, message: number): void {
    const flags = this.#words[(token << WORD_SHIFT) + FLAGS]!;
    if ((flags & WAITS_FOR_PLACE) !== 0) this.bulkheads.withdraw(token, this.#pairOf(token, message));
    if ((flags & WAITS_FOR_CONNECTION) !== 0) this.connections.withdraw(token, this.#callerOf(token, message));
  }

  /** The next in line is let in where there are as few inside as its own rule has it. */
  #leaveBulkhead(pair: number): number {
    const next = this.bulkheads.first(pair);
    return this.bulkheads.leave(pair, next === NO_TOKEN ? 0 : this.#policies.of(next).bulkhead!.calls);
  }

  #pairOf(token: number, message: number): number {
    return this.#pairs.of(this.#words[(token << WORD_SHIFT) + PLACE]!, message);
  }

  #callerOf(token: number, message: number): number {
    return this.#pairs.callerOf(this.#words[(token << WORD_SHIFT) + PLACE]!, message);
  }
}

function wake(token: number, ready: TokenQueue): void {
  if (token !== NO_TOKEN) ready.push(token);
}
