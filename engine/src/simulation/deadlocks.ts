/**
 * Pools – threads, connections, bulkheads – whose places are all held by those who wait, directly or through whom they called or invoked,
 * for places of such pools or for resources that are held so: nothing in them will ever go on. Circles of resources alone are told by
 * `activities/stuck-invocations`. Looks at one moment of a run, and changes nothing.
 */
import type { Program } from '../behavior/interaction/index.ts';
import type { Standing } from './activities/activities.ts';
import type { Holder } from './activities/holders.ts';
import type { CallPairs } from './call-pairs.ts';
import type { CallPlaces } from './call-places.ts';
import type { CallPolicies } from './call-policies.ts';
import type { PendingMethods } from './pending-methods.ts';
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
  TRANSACTION,
  WAITS_FOR_CONNECTION,
  WAITS_FOR_PLACE,
  WAITS_FOR_THREAD,
  WHAT,
  WORD_SHIFT,
} from './token-pool.ts';

export interface Deadlock {
  /** What is held, and what those who hold it wait for, then what those who hold that wait for, until one comes again. */
  readonly circle: readonly Held[];
  /** The pool or resource that it begins with, of all that there are. */
  readonly place: number;
  /** When the last of those who hold a place there began to wait, microseconds. */
  readonly since: number;
}

export type Held =
  /** `message`: one that waits there for ever. */
  | { readonly what: 'threads' | 'connections' | 'bulkhead'; readonly message: number }
  /** `node`: an id, of where somebody waits for it for ever. */
  | { readonly what: 'resource'; readonly resource: number; readonly node: string };

const kinds = ['threads', 'connections', 'bulkhead'] as const;

interface Parts {
  readonly program: Program;
  readonly pool: TokenPool;
  readonly threads: Threads;
  readonly places: CallPlaces;
  readonly pairs: CallPairs;
  readonly policies: CallPolicies;
  readonly methods: PendingMethods;
  /** Looks as if no call had a timeout: what is found then is there now, and ends some time. */
  readonly isPatient: boolean;
  /** Null where no activity runs. */
  readonly standing: Standing | null;
  /** The pool of threads of an execution. */
  threadsFor(token: number, message: number): number;
  /** What waits for a transaction that no load began: a token of an activity, or the ticket of an execution; -1: the other kind. */
  waiterOf(transaction: number): { readonly action: number; readonly ticket: number };
}

/** Of a pool or resource: pools as one numbering, each in turn of threads, connections and bulkheads; resources below 0. */
interface Place {
  readonly at: number;
  /** Who holds it: an execution, a call, or an invocation. */
  readonly holder: string;
  readonly amount: number;
}

interface Wait {
  /** All of it is needed; `limit`: how many places it has. */
  readonly wants: readonly { readonly at: number; readonly amount: number; readonly limit: number }[];
  readonly since: number;
  readonly message: number;
  readonly node: string;
  /** An invocation that does the work of a call. */
  readonly isCalled: boolean;
  /** Held by those who wait for this. */
  readonly held: readonly Place[];
}

type Want = Wait['wants'][number];

export function deadlocksIn(parts: Parts): readonly Deadlock[] {
  let stuck = waitsIn(parts);
  if (!stuck.some(goesOverCalls)) return [];
  for (;;) {
    const held = heldBy(stuck);
    const left = stuck.filter(({ wants }) => wants.some((want) => isShort(want, held)));
    if (left.length === stuck.length) break;
    stuck = left;
  }
  const held = heldBy(stuck);
  const lacking = ({ wants }: Wait): readonly Want[] =>
    wants.filter((want) => held.has(want.at) && isShort(want, held));
  const told = stuck.some(isForPool) ? stuck.filter(isForPool) : stuck.filter(goesOverCalls).slice(0, 1);
  const places = new Set(told.flatMap((wait) => lacking(wait).map(({ at }) => at)));
  return [...places].flatMap((first): Deadlock[] => {
    const around = [first];
    const holding = (place: number): readonly Wait[] =>
      stuck.filter((wait) => lacking(wait).length > 0 && wait.held.some(({ at }) => at === place));
    for (;;) {
      const next = holding(around.at(-1)!)[0];
      // Those who hold it wait for more than there ever is: that is told elsewhere, and no circle.
      if (next === undefined) return [];
      const { at } = lacking(next)[0]!;
      const isKnown = around.includes(at);
      around.push(at);
      if (isKnown) break;
    }
    const circle = around.map((at): Held => {
      const { message, node } = stuck.find(({ wants }) => wants.some((want) => want.at === at))!;
      return at < 0 ? { what: 'resource', resource: -1 - at, node } : { what: kinds[at % 3]!, message };
    });
    return [{ circle, place: first, since: Math.max(...holding(first).map(({ since }) => since)) }];
  });
}

/** Invocations that wait for one another and nothing else are told elsewhere. */
function goesOverCalls(wait: Wait): boolean {
  return isForPool(wait) || wait.isCalled;
}

function isForPool({ wants }: Wait): boolean {
  return wants.some(({ at }) => at >= 0);
}

/** Whoever has enough with what others hold who get on is served some time. */
function isShort({ at, amount, limit }: Want, held: ReadonlyMap<number, number>): boolean {
  return limit - (held.get(at) ?? 0) < amount;
}

/** By pool or resource: how much of it is held by those who wait. */
function heldBy(waits: readonly Wait[]): ReadonlyMap<number, number> {
  const seen = new Set<string>();
  const held = new Map<number, number>();
  for (const { at, holder, amount } of waits.flatMap((wait) => wait.held)) {
    const key = `${at} ${holder}`;
    if (seen.has(key)) continue;
    seen.add(key);
    held.set(at, (held.get(at) ?? 0) + amount);
  }
  return held;
}

function waitsIn(parts: Parts): readonly Wait[] {
  const waiting = callsThatWait(parts);
  const blocked = blockedHolders(
    waiting.map(({ chain }) => chain),
    parts,
  );
  const waits = waiting.map(
    ({ wait, chain }): Wait => ({ ...wait, held: [...chain.held, ...heldBeyond(chain, blocked, parts)] }),
  );
  for (const holder of blocked.values()) {
    const held = heldAbove(holder, blocked, parts);
    for (const { activity, node, since } of holder.waits) {
      const wants = activity.claims[node]!.uses.map(({ resource, amount }) => ({
        at: -1 - resource,
        amount,
        limit: parts.standing!.most[resource]!,
      }));
      waits.push({
        wants,
        since,
        message: -1,
        node: activity.nodes[node]!.id,
        isCalled: parts.standing!.ticketOf(holder) >= 0,
        held,
      });
    }
  }
  return waits;
}

/** By their runs: those in which nothing goes on by itself, as what they have handed on waits too. */
function blockedHolders(chains: readonly Chain[], parts: Parts): ReadonlyMap<number, Holder> {
  const resting = (parts.standing?.holders ?? []).filter(({ moves }) => !moves);
  const unanswered = new Set(chains.map(({ action }) => action));
  const blocked = new Map<number, Holder>();
  for (let before = -1; before !== blocked.size; ) {
    before = blocked.size;
    for (const holder of resting) {
      if (blocked.has(holder.run) || !holder.delegated.every((token) => unanswered.has(token))) continue;
      blocked.set(holder.run, holder);
      const execution = parts.methods.waiting(parts.standing!.ticketOf(holder));
      if (execution !== NO_TOKEN) unanswered.add(chainFrom(execution, parts).action);
    }
  }
  return blocked;
}

function callsThatWait(parts: Parts): readonly { readonly wait: Omit<Wait, 'held'>; readonly chain: Chain }[] {
  const { pool, threads, places } = parts;
  const { words, times, used } = pool;
  const waiting: { wait: Omit<Wait, 'held'>; chain: Chain }[] = [];
  for (let token = 0; token < used; token++) {
    const flags = words[(token << WORD_SHIFT) + FLAGS]!;
    const isForThread = (flags & WAITS_FOR_THREAD) !== 0;
    if ((flags & (WAITS_FOR_THREAD | WAITS_FOR_CONNECTION | WAITS_FOR_PLACE)) === 0) continue;
    const message = words[(token << WORD_SHIFT) + (isForThread ? WHAT : GOAL)]!;
    const since = times[(token << TIME_SHIFT) + (isForThread ? QUEUED : SENT)]!;
    const add = (at: number, limit: number): void => {
      const wait = { wants: [{ at, amount: 1, limit }], since, message, node: '', isCalled: false };
      waiting.push({ wait, chain: chainFrom(token, parts) });
    };
    if (isForThread) {
      const replica = parts.threadsFor(token, message);
      add(3 * replica, endless(threads.threads(replica)));
    } else if ((flags & WAITS_FOR_CONNECTION) !== 0) {
      const at = connectionsOf(token, parts);
      add(at, endless(places.limitOf((at - 1) / 3)));
    } else add(bulkheadOf(token, parts), parts.policies.of(token).bulkhead!.calls);
  }
  return waiting;
}

/** 0 stands for as many as anyone asks for. */
function endless(limit: number): number {
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}

/** What is held on the way from a token to whoever began it all. */
interface Chain {
  readonly held: readonly Place[];
  /** The token of an activity that waits for it; -1 where none does, or somebody on the way gives up by himself. */
  readonly action: number;
}

/** Up to the first caller that will give up by itself: whoever is around it gets on. */
function chainFrom(token: number, parts: Parts): Chain {
  const { words } = parts.pool;
  const held: Place[] = [];
  const add = (place: number, holder: number): unknown => held.push({ at: place, holder: `${holder}`, amount: 1 });
  for (let at = token; at !== NO_TOKEN; ) {
    const flags = words[(at << WORD_SHIFT) + FLAGS]!;
    const what = words[(at << WORD_SHIFT) + WHAT]!;
    if (what === CALLING) {
      const { timeout, deadlinePropagates } = parts.policies.of(at);
      if (!parts.isPatient && (timeout !== null || deadlinePropagates)) break;
      if ((flags & HOLDS_CONNECTION) !== 0) add(connectionsOf(at, parts), at);
      if ((flags & HOLDS_PLACE) !== 0) add(bulkheadOf(at, parts), at);
    } else if (what >= 0 && (flags & HOLDS_THREAD) !== 0) add(3 * parts.threadsFor(at, what), at);
    else if (what === TRANSACTION) {
      const { action, ticket } = parts.waiterOf(at);
      if (ticket < 0) return { held, action };
      at = parts.methods.waiting(ticket);
      continue;
    }
    at = words[(at << WORD_SHIFT) + PARENT]!;
  }
  return { held, action: -1 };
}

/** By the invocation that waits for a chain, where nothing else in it goes on, and by whoever waits for that. */
function heldBeyond({ action }: Chain, blocked: ReadonlyMap<number, Holder>, parts: Parts): readonly Place[] {
  const holder = action < 0 ? undefined : blocked.get(parts.standing?.holderOf(action) ?? -1);
  return holder === undefined ? [] : heldAbove(holder, blocked, parts);
}

function heldAbove(holder: Holder, blocked: ReadonlyMap<number, Holder>, parts: Parts): readonly Place[] {
  const own = [...holder.holds].map(([resource, amount]) => ({
    at: -1 - resource,
    holder: `run ${holder.run}`,
    amount,
  }));
  const execution = parts.methods.waiting(parts.standing?.ticketOf(holder) ?? -1);
  if (execution === NO_TOKEN) return own;
  const chain = chainFrom(execution, parts);
  return [...own, ...chain.held, ...heldBeyond(chain, blocked, parts)];
}

function connectionsOf(token: number, { pool: { words }, pairs }: Parts): number {
  const at = token << WORD_SHIFT;
  return 3 * pairs.callerOf(words[at + PLACE]!, words[at + GOAL]!) + 1;
}

function bulkheadOf(token: number, { pool: { words }, pairs }: Parts): number {
  const at = token << WORD_SHIFT;
  return 3 * pairs.of(words[at + PLACE]!, words[at + GOAL]!) + 2;
}
