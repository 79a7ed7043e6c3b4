/**
 * Pools – threads, connections, bulkheads – whose places are all held by calls that wait, directly or through calls they made, for places of such pools: nothing in
 * them will ever go on. Looks at the tokens that are left when a run ends, and changes none.
 */
import type { Program } from '../behavior/interaction/index.ts';
import type { CallPairs } from './call-pairs.ts';
import type { CallPlaces } from './call-places.ts';
import { policyOf } from './policy-of.ts';
import type { Threads } from './threads.ts';
import {
  CALLING,
  FLAGS,
  GOAL,
  HOLDS_CONNECTION,
  HOLDS_PLACE,
  HOLDS_THREAD,
  NO_TOKEN,
  PARENT,
  PLACE,
  QUEUED,
  SENT,
  TIME_SHIFT,
  type TokenPool,
  WAITS_FOR_CONNECTION,
  WAITS_FOR_PLACE,
  WAITS_FOR_THREAD,
  WHAT,
  WORD_SHIFT,
} from './token-pool.ts';

export interface Deadlock {
  /** What is held, and what those who hold it wait for, then what those who hold that wait for, until one comes again. */
  readonly circle: readonly Pool[];
  /** When the last of those who hold a place there began to wait, microseconds. */
  readonly since: number;
}

export interface Pool {
  readonly what: 'threads' | 'connections' | 'bulkhead';
  /** A message that waits there for ever. */
  readonly message: number;
}

const kinds = ['threads', 'connections', 'bulkhead'] as const;

interface Parts {
  readonly program: Program;
  readonly pool: TokenPool;
  readonly threads: Threads;
  readonly places: CallPlaces;
  readonly pairs: CallPairs;
  /** The pool of threads of an execution. */
  threadsFor(token: number, message: number): number;
}

interface Wait {
  /** Pools as one numbering: each in turn of threads, connections and bulkheads. */
  readonly at: number;
  /** How many places it has. */
  readonly limit: number;
  readonly since: number;
  readonly message: number;
  /** Places held by those who wait for this one, as pool and token. */
  readonly held: readonly { readonly pool: number; readonly holder: number }[];
}

export function deadlocksIn(parts: Parts): readonly Deadlock[] {
  const waits = waitsIn(parts);
  const limits = new Map(waits.map(({ at, limit }) => [at, limit]));
  let stuck = new Set(waits.map(({ at }) => at));
  for (;;) {
    const holders = new Map<number, Set<number>>();
    for (const { at, held } of waits) {
      if (!stuck.has(at)) continue;
      for (const { pool, holder } of held) holders.set(pool, (holders.get(pool) ?? new Set()).add(holder));
    }
    const left = new Set([...stuck].filter((pool) => (holders.get(pool)?.size ?? 0) >= limits.get(pool)!));
    if (left.size === stuck.size) break;
    stuck = left;
  }
  const poolOf = (at: number): Pool => ({
    what: kinds[at % 3]!,
    message: waits.find((wait) => wait.at === at)!.message,
  });
  return [...stuck].map((first): Deadlock => {
    const around = [first];
    const holding = (pool: number): readonly Wait[] =>
      waits.filter(({ at, held }) => stuck.has(at) && held.some((one) => one.pool === pool));
    for (;;) {
      const next = holding(around.at(-1)!)[0]!.at;
      const isKnown = around.includes(next);
      around.push(next);
      if (isKnown) break;
    }
    return { circle: around.map(poolOf), since: Math.max(...holding(first).map(({ since }) => since)) };
  });
}

function waitsIn(parts: Parts): readonly Wait[] {
  const { program, pool, threads, places } = parts;
  const { words, times, used } = pool;
  const waits: Wait[] = [];
  for (let token = 0; token < used; token++) {
    const flags = words[(token << WORD_SHIFT) + FLAGS]!;
    const isForThread = (flags & WAITS_FOR_THREAD) !== 0;
    if ((flags & (WAITS_FOR_THREAD | WAITS_FOR_CONNECTION | WAITS_FOR_PLACE)) === 0) continue;
    const message = words[(token << WORD_SHIFT) + (isForThread ? WHAT : GOAL)]!;
    const since = times[(token << TIME_SHIFT) + (isForThread ? QUEUED : SENT)]!;
    const held = heldAround(token, parts);
    if (isForThread) {
      const replica = parts.threadsFor(token, message);
      waits.push({ at: 3 * replica, limit: endless(threads.threads(replica)), since, message, held });
    } else if ((flags & WAITS_FOR_CONNECTION) !== 0) {
      const at = connectionsOf(token, parts);
      waits.push({ at, limit: endless(places.limitOf((at - 1) / 3)), since, message, held });
    } else {
      const limit = program.messages[message]!.policy!.bulkhead!.calls;
      waits.push({ at: bulkheadOf(token, parts), limit, since, message, held });
    }
  }
  return waits;
}

/** 0 stands for as many as anyone asks for. */
function endless(limit: number): number {
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}

/** Up to the first caller that will give up by itself: whoever is around it gets on. */
function heldAround(token: number, parts: Parts): Wait['held'] {
  const { words } = parts.pool;
  const held: { pool: number; holder: number }[] = [];
  for (let at = token; at !== NO_TOKEN; at = words[(at << WORD_SHIFT) + PARENT]!) {
    const flags = words[(at << WORD_SHIFT) + FLAGS]!;
    const what = words[(at << WORD_SHIFT) + WHAT]!;
    if (what === CALLING) {
      const { timeout, deadlinePropagates } = policyOf(parts.program.messages, words, at);
      if (timeout !== null || deadlinePropagates) break;
      if ((flags & HOLDS_CONNECTION) !== 0) held.push({ pool: connectionsOf(at, parts), holder: at });
      if ((flags & HOLDS_PLACE) !== 0) held.push({ pool: bulkheadOf(at, parts), holder: at });
    } else if (what >= 0 && (flags & HOLDS_THREAD) !== 0) {
      held.push({ pool: 3 * parts.threadsFor(at, what), holder: at });
    }
  }
  return held;
}

function connectionsOf(token: number, { pool: { words }, pairs }: Parts): number {
  const at = token << WORD_SHIFT;
  return 3 * pairs.callerOf(words[at + PLACE]!, words[at + GOAL]!) + 1;
}

function bulkheadOf(token: number, { pool: { words }, pairs }: Parts): number {
  const at = token << WORD_SHIFT;
  return 3 * pairs.of(words[at + PLACE]!, words[at + GOAL]!) + 2;
}
