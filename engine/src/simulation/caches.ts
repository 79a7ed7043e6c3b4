/**
 * The caches of all replicas: whether a call is answered at once, and what a call that did the work leaves for others. Knows
 * nothing of what an answer or the work costs.
 */
import type { CacheSite, Program } from '../behavior/interaction/index.ts';
import type { Frame, Known } from '../expressions/index.ts';
import type { Cache, ElementId } from '../model/index.ts';
import type { RandomStream } from '../numeric/index.ts';
import { EntryStore } from './entry-store.ts';
import type { Layout } from './layout.ts';

/** A run remembers no more for one replica, whatever the time to live; the oldest entry goes. */
const ENTRY_LIMIT = 1_000_000;

interface CacheSettings {
  readonly hit?: number;
  readonly entries?: number;
  /** Microseconds. */
  readonly ttl?: number;
}

interface ReplicaCache {
  readonly clause: Cache;
  hit: number;
  /** Null where a share decides. */
  readonly store: EntryStore | null;
  /** By message, where a share decides: the reply of the last call that did the work. */
  readonly replies: Map<number, Known>;
}

export interface CacheFigures {
  /** By replica, then by component that runs nowhere. */
  readonly asked: readonly number[];
  readonly hits: readonly number[];
}

export class Caches {
  readonly #messages: Program['messages'];
  readonly #clauses: readonly (Cache | undefined)[];
  /** As each replica is set up in the version that it runs. */
  #own: (Cache | undefined)[] = [];
  /** What the timeline has set; what is absent is as it is set up. */
  #set: (CacheSettings | undefined)[] = [];
  #caches: (ReplicaCache | undefined)[] = [];
  /** By operation, the same for all messages that call it. */
  readonly #operationOf: Int32Array;
  /** By token: the key of a call that does the work. */
  readonly #keys: Known[] = [];
  readonly #asked: Float64Array;
  readonly #hits: Float64Array;

  constructor({ messages }: Program, layout: Layout, components: readonly (ElementId | null)[]) {
    const homeless = components.map((id) => (id === null ? undefined : layout.capacityOf.get(id)?.cache));
    this.#messages = messages;
    this.#clauses = [...layout.capacityOfReplica.map(({ cache }) => cache), ...homeless];
    const operations = [...new Set(messages.map(({ operation }) => operation))];
    this.#operationOf = Int32Array.from(messages, ({ operation }) => operations.indexOf(operation));
    this.#asked = new Float64Array(this.#clauses.length);
    this.#hits = new Float64Array(this.#clauses.length);
  }

  /** All entries are forgotten. */
  clear(): void {
    this.#set = [];
    this.#own = [...this.#clauses];
    this.#caches = this.#clauses.map((_, replica) => this.#emptyCache(replica));
    this.#keys.length = 0;
    this.mark();
  }

  /** The warm-up ends. */
  mark(): void {
    this.#asked.fill(0);
    this.#hits.fill(0);
  }

  figures(): CacheFigures {
    return { asked: [...this.#asked], hits: [...this.#hits] };
  }

  /** The replica starts anew with nothing in its memory. */
  forget(replica: number): void {
    this.#caches[replica] = this.#emptyCache(replica);
  }

  /** The replica is set up so from now on, with nothing in its memory; what the timeline has set of it stays. */
  setClause(replica: number, clause: Cache | undefined): void {
    this.#own[replica] = clause;
    this.forget(replica);
  }

  /**
   * From now on that share of the calls is a hit where a share decides, and entries are so many or last so long where they have such a
   * bound. Undefined: as the replica is set up.
   */
  set(replica: number, name: keyof CacheSettings, value: number | undefined): void {
    const { [name]: _, ...others } = this.#set[replica] ?? {};
    const settings: CacheSettings = value === undefined ? others : { ...others, [name]: value };
    this.#set[replica] = settings;
    const cache = this.#caches[replica];
    if (cache === undefined) return;
    cache.hit = settings.hit ?? cache.clause.hit ?? 0;
    cache.store?.limit(roomOf(cache.clause, settings), lastingOf(cache.clause, settings));
  }

  #emptyCache(replica: number): ReplicaCache | undefined {
    const clause = this.#own[replica];
    return clause === undefined ? undefined : cacheOf(clause, this.#set[replica] ?? {});
  }

  /**
   * Where a call goes on that the cache answers; negative where it has to do the work. `frame`: of that call; the answer's
   * reply is put into its slot.
   */
  lookUp(token: number, message: number, replica: number, frame: Frame, stream: RandomStream): number {
    const cache = this.#caches[replica];
    if (cache === undefined) return -1;
    const { caches, replySlot, reply } = this.#messages[message]!;
    const site = siteOf(caches, cache.clause);
    if (site === undefined) return -1;
    this.#asked[replica]! += 1;
    if (cache.store === null) {
      const isHit = stream.uniform() < cache.hit;
      // Only a call that did the work can tell what the braces return.
      if (!isHit || (replySlot >= 0 && reply === null && !cache.replies.has(message))) return -1;
      if (replySlot >= 0) frame.slots[replySlot] = cache.replies.get(message);
    } else {
      const key = keyOf(site.key?.(frame));
      this.#keys[token] = key;
      if (key === null || key === undefined) return -1;
      const slot = cache.store.find(this.#operationOf[message]!, key, frame.now);
      if (slot < 0) return -1;
      if (replySlot >= 0) frame.slots[replySlot] = cache.store.valueAt(slot);
    }
    this.#hits[replica]! += 1;
    return site.position;
  }

  /** A call has done the work and goes well. */
  fill(token: number, message: number, replica: number, frame: Frame): void {
    const cache = this.#caches[replica];
    if (cache === undefined) return;
    const { replySlot } = this.#messages[message]!;
    const value = replySlot >= 0 ? frame.slots[replySlot] : undefined;
    if (cache.store === null) {
      if (replySlot >= 0) cache.replies.set(message, value);
      return;
    }
    const key = this.#keys[token];
    if (key !== null && key !== undefined) cache.store.put(this.#operationOf[message]!, key, value, frame.now);
  }
}

function cacheOf(clause: Cache, set: CacheSettings): ReplicaCache {
  const { key, entries } = clause;
  const store =
    key === undefined ? null : new EntryStore(roomOf(clause, set), entries !== undefined, lastingOf(clause, set));
  return { clause, hit: set.hit ?? clause.hit ?? 0, store, replies: new Map() };
}

function roomOf({ entries }: Cache, set: CacheSettings): number {
  return entries === undefined ? ENTRY_LIMIT : Math.min(ENTRY_LIMIT, set.entries ?? entries);
}

/** Microseconds. */
function lastingOf({ ttl }: Cache, set: CacheSettings): number {
  return ttl === undefined ? Number.POSITIVE_INFINITY : (set.ttl ?? ttl);
}

function siteOf(sites: readonly CacheSite[], clause: Cache): CacheSite | undefined {
  for (const site of sites) if (site.clause === clause) return site;
  return undefined;
}

/** Records of the same values are the same key. */
function keyOf(value: Known): Known {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
