/**
 * Pools whose places are all held by calls that wait, directly or through calls they made, for places of such pools: nothing in
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
  HOLDS_THREAD,
  NO_TOKEN,
  PARENT,
  PLACE,
  type TokenPool,
  WAITS_FOR_CONNECTION,
  WAITS_FOR_THREAD,
  WHAT,
  WORD_SHIFT,
} from './token-pool.ts';

export interface Deadlock {
  readonly what: 'threads' | 'connections';
  /** By calling replica and component for connections; by replica and component called for threads. */
  readonly pool: number;
  /** A message that waits there for ever. */
  readonly message: number;
}

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
  /** Pools as one numbering: threads, then connections. */
  readonly at: number;
  readonly message: number;
  /** Places held by those who wait for this one, as pool and token. */
  readonly held: readonly { readonly pool: number; readonly holder: number }[];
}

export function deadlocksIn(parts: Parts): readonly Deadlock[] {
  const waits = waitsIn(parts);
  let stuck = new Set(waits.map(({ at }) => at));
  for (;;) {
    const holders = new Map<number, Set<number>>();
    for (const { at, held } of waits) {
      if (!stuck.has(at)) continue;
      for (const { pool, holder } of held) holders.set(pool, (holders.get(pool) ?? new Set()).add(holder));
    }
    const left = new Set([...stuck].filter((pool) => (holders.get(pool)?.size ?? 0) >= limitOf(parts, pool)));
    if (left.size === stuck.size) break;
    stuck = left;
  }
  return [...stuck].map((at): Deadlock => {
    const { message } = waits.find((wait) => wait.at === at)!;
    return at % 2 === 0
      ? { what: 'threads', pool: at / 2, message }
      : { what: 'connections', pool: (at - 1) / 2, message };
  });
}

function limitOf({ threads, places }: Parts, at: number): number {
  const limit = at % 2 === 0 ? threads.threads(at / 2) : places.limitOf((at - 1) / 2);
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}

function waitsIn(parts: Parts): readonly Wait[] {
  const { words, used } = parts.pool;
  const waits: Wait[] = [];
  for (let token = 0; token < used; token++) {
    const flags = words[(token << WORD_SHIFT) + FLAGS]!;
    if ((flags & WAITS_FOR_THREAD) !== 0) {
      const message = words[(token << WORD_SHIFT) + WHAT]!;
      waits.push({ at: 2 * parts.threadsFor(token, message), message, held: heldAround(token, parts) });
    } else if ((flags & WAITS_FOR_CONNECTION) !== 0) {
      const message = words[(token << WORD_SHIFT) + GOAL]!;
      waits.push({ at: connectionsOf(token, parts), message, held: heldAround(token, parts) });
    }
  }
  return waits;
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
    } else if (what >= 0 && (flags & HOLDS_THREAD) !== 0) {
      held.push({ pool: 2 * parts.threadsFor(at, what), holder: at });
    }
  }
  return held;
}

function connectionsOf(token: number, { pool: { words }, pairs }: Parts): number {
  const at = token << WORD_SHIFT;
  return 2 * pairs.callerOf(words[at + PLACE]!, words[at + GOAL]!) + 1;
}
