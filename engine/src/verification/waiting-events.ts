/**
 * What waits around a machine: signals under way, its pool, and what it defers. All of it packs into one number. Knows nothing of
 * when anything comes.
 */
import type { DeferredEvent } from '../behavior/index.ts';
import type { SentEvent } from './environment.ts';
import { Interner } from './interner.ts';

interface Waiting {
  readonly pool: readonly SentEvent[];
  readonly delayed: readonly SentEvent[];
  readonly deferred: readonly DeferredEvent[];
  readonly ahead: number;
}

const NOTHING_WAITS: Waiting = { pool: [], delayed: [], deferred: [], ahead: 0 };

export class WaitingEvents {
  /** Signals to itself and changes, in the order in which they are handled. */
  pool: SentEvent[] = [];
  /** Signals to itself that have not come yet. */
  delayed: SentEvent[] = [];
  /** Events of the world outside that came before what is in the pool, since its first was sent. */
  ahead = 0;
  readonly #known = new Interner<Waiting>();
  /** Of what was unpacked, as long as nothing has changed it; -1: something has. */
  #number = -1;

  /** Whoever changes anything here says so. */
  changed(): void {
    this.#number = -1;
  }

  clear(): void {
    this.#number = -1;
    this.ahead = 0;
    if (this.pool.length > 0) this.pool = [];
    if (this.delayed.length > 0) this.delayed = [];
  }

  /** `mayDefer`: what the machine defers may have changed without anybody saying so. */
  pack(waits: readonly DeferredEvent[], mayDefer: boolean): number {
    if (this.#number >= 0 && !mayDefer) return this.#number;
    if (waits.length + this.pool.length + this.delayed.length === 0) return this.#known.number(NOTHING_WAITS, '');
    const deferred = waits.map(({ event, values, by, sender }) => ({ event, values, by, sender }));
    const waiting: Waiting = { pool: [...this.pool], delayed: [...this.delayed], deferred, ahead: this.ahead };
    return this.#known.number(waiting, JSON.stringify(waiting));
  }

  /** Returns what the machine defers. */
  unpack(number: number): readonly DeferredEvent[] {
    this.#number = number;
    const { pool, delayed, deferred, ahead } = this.#known.thing(number);
    if (pool.length > 0) this.pool = [...pool];
    if (delayed.length > 0) this.delayed = [...delayed];
    this.ahead = ahead;
    return deferred;
  }
}
