/**
 * The threads of all replicas and the queues in front of them. Those who wait are tokens, chained through their own records,
 * so that waiting costs no memory of its own. Knows nothing of what a thread is held for.
 */
import type { Capacity, ElementId, Expression, Queue } from '../model/index.ts';
import type { Layout } from './layout.ts';
import { TokenHeap, TokenRanks } from './stations/index.ts';
import type * as token from './token-pool.ts';
import type { TokenPool } from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const FLAGS = 5 satisfies typeof token.FLAGS;
const HOLDS_THREAD = 4 satisfies typeof token.HOLDS_THREAD;
const NEXT = 10 satisfies typeof token.NEXT;
const NO_TOKEN = -1 satisfies typeof token.NO_TOKEN;
const PREVIOUS = 14 satisfies typeof token.PREVIOUS;
const QUEUED = 2 satisfies typeof token.QUEUED;
const TIME_SHIFT = 2 satisfies typeof token.TIME_SHIFT;
const WAITS_FOR_THREAD = 8 satisfies typeof token.WAITS_FOR_THREAD;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

/** Integers of one replica. */
const SHIFT = 3;
/** 0: as many as anyone asks for. */
const THREADS = 0;
const ROOM = 1;
const DISCIPLINE = 2;
const HELD = 3;
const FIRST = 4;
const LAST = 5;
const WAITING = 6;

const MOST_ROOM = 0x7fffffff;

const FIFO = 0;
const LIFO = 1;
const BY_PRIORITY = 2;

export const entry = { granted: 0, waits: 1, refused: 2 } as const;

export interface ThreadFigures {
  /** Mean number in line; by replica, then by component that runs nowhere: such a one counts as one replica. */
  readonly queue: readonly number[];
  readonly refused: readonly number[];
  /** How many more wait than at the beginning. */
  readonly growth: readonly number[];
}

export class Threads {
  readonly #pool: TokenPool;
  /** Holds the time now. */
  readonly #clock: Float64Array;
  readonly #words: Int32Array;
  /** As each is set up at the beginning. */
  readonly #capacities: readonly Capacity[];
  /** What the timeline has set; undefined: as the replica is set up. */
  readonly #threadsSet: (number | undefined)[] = [];
  readonly #roomSet: (number | undefined)[] = [];
  readonly #marginSet: (number | undefined)[] = [];
  /** As it is set up in the version that it runs. */
  readonly #ownThreads: Int32Array;
  readonly #ownRoom: Int32Array;
  /** Time in line as ends less beginnings, and how many were refused. */
  readonly #span: Float64Array;
  readonly #refused: Float64Array;
  readonly #count: number;
  /** Who has so many microseconds left, or fewer, is not served; below 0: everybody is. */
  readonly #margins: Float64Array;
  /** As it is set up in the version that it runs. */
  readonly #ownMargins: Float64Array;
  /** Who waits where the greatest priority goes first; null elsewhere, and what it goes by. */
  readonly #lines: (TokenHeap | null)[];
  readonly #orders: (Expression | null)[];
  readonly #ranks: TokenRanks;
  #turn = 0;
  #base: ThreadFigures;
  #marked = 0;

  /** `versions`: how components are in versions that may come to run. */
  constructor(
    layout: Layout,
    components: readonly (ElementId | null)[],
    versions: readonly Capacity[],
    pool: TokenPool,
    clock: Float64Array,
  ) {
    this.#pool = pool;
    this.#clock = clock;
    const homeless = components.map((id) => (id === null ? undefined : layout.capacityOf.get(id)) ?? {});
    this.#capacities = [...layout.capacityOfReplica, ...homeless];
    this.#count = this.#capacities.length;
    this.#words = new Int32Array(this.#count << SHIFT);
    this.#ownThreads = new Int32Array(this.#count);
    this.#ownRoom = new Int32Array(this.#count);
    this.#margins = new Float64Array(this.#count);
    this.#ownMargins = new Float64Array(this.#count);
    this.#orders = this.#capacities.map(orderIn);
    this.#lines = this.#orders.map(() => null);
    const hasOrder = [...this.#capacities, ...versions].some((capacity) => orderIn(capacity) !== null);
    this.#ranks = new TokenRanks(hasOrder ? pool.limit : 0);
    this.#span = new Float64Array(this.#count);
    this.#refused = new Float64Array(this.#count);
    this.#base = this.#totals(0);
    this.clear();
  }

  clear(): void {
    this.#ranks.clear();
    this.#threadsSet.length = 0;
    this.#roomSet.length = 0;
    this.#marginSet.length = 0;
    this.#capacities.forEach((capacity, replica) => {
      const at = replica << SHIFT;
      this.#words[at + HELD] = 0;
      this.#words[at + FIRST] = NO_TOKEN;
      this.#words[at + LAST] = NO_TOKEN;
      this.#words[at + WAITING] = 0;
      this.#setUp(replica, capacity);
    });
    this.#turn = 0;
    this.#span.fill(0);
    this.#refused.fill(0);
    this.mark(0);
  }

  /** The warm-up ends. */
  mark(now: number): void {
    this.#base = this.#totals(now);
    this.#marked = now;
  }

  /** Who has so many microseconds left when its turn comes, or fewer, is not served; below 0: everybody is. */
  marginOf(replica: number): number {
    return this.#margins[replica]!;
  }

  /** What says who goes first in the queue of a replica; null: it does not matter. */
  priorityOf(replica: number): Expression | null {
    return this.#orders[replica]!;
  }

  /** Takes a thread of the replica, or a place in its queue: one of `entry`. */
  enter(token: number, replica: number, priority: number): number {
    const own = this.#words;
    const at = replica << SHIFT;
    const threads = own[at + THREADS]!;
    if (threads === 0) return entry.granted;
    const { words, times } = this.#pool;
    const flags = (token << WORD_SHIFT) + FLAGS;
    if (own[at + HELD]! < threads) {
      own[at + HELD]!++;
      words[flags]! |= HOLDS_THREAD;
      return entry.granted;
    }
    if (own[at + WAITING]! >= own[at + ROOM]!) {
      this.#refused[replica]! += 1;
      return entry.refused;
    }
    this.#putIn(token, replica, priority);
    words[flags]! |= WAITS_FOR_THREAD;
    const now = this.#clock[0]!;
    times[(token << TIME_SHIFT) + QUEUED] = now;
    this.#span[replica]! -= now;
    return entry.waits;
  }

  #putIn(token: number, replica: number, priority: number): void {
    if (this.#words[(replica << SHIFT) + DISCIPLINE] === BY_PRIORITY) {
      this.#ranks.keys[token] = -priority;
      this.#ranks.turns[token] = this.#turn++;
      this.#lines[replica]!.push(token);
    } else this.#append(token, replica);
    this.#words[(replica << SHIFT) + WAITING]!++;
  }

  #append(token: number, replica: number): void {
    const own = this.#words;
    const { words } = this.#pool;
    const at = replica << SHIFT;
    const first = own[at + FIRST]!;
    const next = (token << WORD_SHIFT) + NEXT;
    words[next] = NO_TOKEN;
    words[(token << WORD_SHIFT) + PREVIOUS] = NO_TOKEN;
    if (first === NO_TOKEN) {
      own[at + FIRST] = token;
      own[at + LAST] = token;
    } else if (own[at + DISCIPLINE] === LIFO) {
      words[next] = first;
      words[(first << WORD_SHIFT) + PREVIOUS] = token;
      own[at + FIRST] = token;
    } else {
      words[(own[at + LAST]! << WORD_SHIFT) + NEXT] = token;
      words[(token << WORD_SHIFT) + PREVIOUS] = own[at + LAST]!;
      own[at + LAST] = token;
    }
  }

  /** Gives the token's thread back, if it holds one; returns who has it now, -1 where nobody waited. */
  leave(token: number, replica: number): number {
    const { words } = this.#pool;
    const flags = (token << WORD_SHIFT) + FLAGS;
    if ((words[flags]! & HOLDS_THREAD) === 0) return NO_TOKEN;
    words[flags]! &= ~HOLDS_THREAD;
    const own = this.#words;
    const at = replica << SHIFT;
    const next = this.#firstOf(replica);
    if (next === NO_TOKEN || own[at + HELD]! > own[at + THREADS]!) {
      own[at + HELD]!--;
      return NO_TOKEN;
    }
    this.#unlink(next, replica);
    words[(next << WORD_SHIFT) + FLAGS]! |= HOLDS_THREAD;
    return next;
  }

  /** Takes a token that waits out of the queue. */
  withdraw(token: number, replica: number): void {
    if ((this.#pool.words[(token << WORD_SHIFT) + FLAGS]! & WAITS_FOR_THREAD) !== 0) this.#unlink(token, replica);
  }

  /** Nobody holds a thread of the replica or waits for one any more; what is said of tokens is said of none. */
  empty(replica: number): void {
    const own = this.#words;
    const at = replica << SHIFT;
    for (let next = this.#firstOf(replica); next !== NO_TOKEN; next = this.#firstOf(replica)) {
      this.#unlink(next, replica);
    }
    own[at + HELD] = 0;
  }

  /** 0: as many as anyone asks for. */
  threads(replica: number): number {
    return this.#words[(replica << SHIFT) + THREADS]!;
  }

  held(replica: number): number {
    return this.#words[(replica << SHIFT) + HELD]!;
  }

  waiting(replica: number): number {
    return this.#words[(replica << SHIFT) + WAITING]!;
  }

  /**
   * The replica is set up otherwise from now on; what the timeline has set of it stays. Those who wait go on waiting, in the order
   * that counts now; `rank` says who of them goes first where a priority does.
   */
  setCapacity(replica: number, capacity: Capacity, rank: (token: number, order: Expression) => number): void {
    const waiting = this.#inOrderOfArrival(replica);
    for (const token of waiting) this.#takeOut(token, replica);
    this.#setUp(replica, capacity);
    const order = this.#orders[replica]!;
    for (const token of waiting) this.#putIn(token, replica, order === null ? 0 : rank(token, order));
  }

  /** Nobody waits: those who do come later. */
  #setUp(replica: number, capacity: Capacity): void {
    const { threads, queue } = capacity;
    const { kind } = queue?.discipline ?? { kind: 'fifo' };
    this.#ownThreads[replica] = threads ?? 0;
    this.#ownRoom[replica] = Math.min(queue?.capacity ?? Number.POSITIVE_INFINITY, MOST_ROOM);
    this.#words[(replica << SHIFT) + DISCIPLINE] = numberOf(kind);
    this.#ownMargins[replica] = queue?.discipline.kind === 'drop-expired' ? (queue.discipline.within ?? 0) : -1;
    this.#orders[replica] = orderIn(capacity);
    this.#lines[replica] = this.#orders[replica] === null ? null : new TokenHeap(this.#ranks);
    this.setThreads(replica, this.#threadsSet[replica]);
    this.setRoom(replica, this.#roomSet[replica]);
    this.setMargin(replica, this.#marginSet[replica]);
  }

  /** Fewer than are held: they are given back as their work ends. Undefined: as the replica is set up. */
  setThreads(replica: number, threads: number | undefined): void {
    this.#threadsSet[replica] = threads;
    this.#words[(replica << SHIFT) + THREADS] = threads ?? this.#ownThreads[replica]!;
  }

  /** Those who wait stay, however short the queue is now. Undefined: as the replica is set up. */
  setRoom(replica: number, room: number | undefined): void {
    this.#roomSet[replica] = room;
    this.#words[(replica << SHIFT) + ROOM] = Math.min(room ?? this.#ownRoom[replica]!, MOST_ROOM);
  }

  /** Counts where those are dropped that come too late; whose turn comes is looked at then. Undefined: as the replica is set up. */
  setMargin(replica: number, margin: number | undefined): void {
    this.#marginSet[replica] = margin;
    const own = this.#ownMargins[replica]!;
    this.#margins[replica] = own < 0 ? own : (margin ?? own);
  }

  /** Gives a thread that has become free to who is first in line; -1 where there is none. */
  admit(replica: number): number {
    const own = this.#words;
    const at = replica << SHIFT;
    const next = this.#firstOf(replica);
    if (next === NO_TOKEN || (own[at + THREADS]! > 0 && own[at + HELD]! >= own[at + THREADS]!)) return NO_TOKEN;
    this.#unlink(next, replica);
    if (own[at + THREADS]! > 0) {
      own[at + HELD]!++;
      this.#pool.words[(next << WORD_SHIFT) + FLAGS]! |= HOLDS_THREAD;
    }
    return next;
  }

  /** What happened since the mark. */
  figures(now: number): ThreadFigures {
    const { queue, refused, growth } = this.#totals(now);
    const time = now - this.#marked;
    return {
      // Sums of large times: where nobody waited they may leave a trace below 0.
      queue: queue.map((area, index) => Math.max(0, area - this.#base.queue[index]!) / time),
      refused: refused.map((count, index) => count - this.#base.refused[index]!),
      growth: growth.map((count, index) => count - this.#base.growth[index]!),
    };
  }

  #firstOf(replica: number): number {
    const line = this.#lines[replica]!;
    if (line === null) return this.#words[(replica << SHIFT) + FIRST]!;
    return line.size === 0 ? NO_TOKEN : line.at(0);
  }

  #inOrderOfArrival(replica: number): readonly number[] {
    const line = this.#lines[replica]!;
    if (line !== null) {
      const tokens = Array.from({ length: line.size }, (_, place) => line.at(place));
      return tokens.sort((a, b) => this.#ranks.turns[a]! - this.#ranks.turns[b]!);
    }
    const tokens: number[] = [];
    const { words } = this.#pool;
    for (let token = this.#firstOf(replica); token !== NO_TOKEN; token = words[(token << WORD_SHIFT) + NEXT]!)
      tokens.push(token);
    return this.#words[(replica << SHIFT) + DISCIPLINE] === LIFO ? tokens.reverse() : tokens;
  }

  #unlink(token: number, replica: number): void {
    this.#takeOut(token, replica);
    this.#pool.words[(token << WORD_SHIFT) + FLAGS]! &= ~WAITS_FOR_THREAD;
    this.#span[replica]! += this.#clock[0]!;
  }

  #takeOut(token: number, replica: number): void {
    const own = this.#words;
    const { words } = this.#pool;
    const at = replica << SHIFT;
    const line = this.#lines[replica]!;
    if (line !== null) line.remove(token);
    else {
      const next = words[(token << WORD_SHIFT) + NEXT]!;
      const before = words[(token << WORD_SHIFT) + PREVIOUS]!;
      if (before === NO_TOKEN) own[at + FIRST] = next;
      else words[(before << WORD_SHIFT) + NEXT] = next;
      if (next === NO_TOKEN) own[at + LAST] = before;
      else words[(next << WORD_SHIFT) + PREVIOUS] = before;
    }
    own[at + WAITING]!--;
  }

  #totals(now: number): ThreadFigures {
    return {
      queue: Array.from(this.#span, (span, replica) => span + this.waiting(replica) * now),
      refused: [...this.#refused],
      growth: Array.from(this.#span, (_, replica) => this.waiting(replica)),
    };
  }
}

/** What says who goes first. */
function orderIn({ queue }: Capacity): Expression | null {
  return queue?.discipline.kind === 'priority' ? queue.discipline.priority : null;
}

function numberOf(discipline: Queue['discipline']['kind']): number {
  switch (discipline) {
    // Who is served at all is another matter.
    case 'drop-expired':
    case 'fifo':
      return FIFO;
    case 'lifo':
      return LIFO;
    case 'priority':
      return BY_PRIORITY;
  }
}
