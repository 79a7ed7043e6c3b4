/** Moments at which callers do something about a call, in a pool of records: the calendar takes none back, so one of a call that has ended is stale. */
import type * as token from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const SERIAL = 11 satisfies typeof token.SERIAL;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

/** What the caller does then. */
export const moment = { givesUp: 0, hedges: 1 } as const;

/** Integers of a record; of a free one the first is the next that is free. */
const RECORD_SHIFT = 2;
const TOKEN = 0;
const OF_TOKEN = 1;
const KIND = 2;
const NOTHING = -1;

export class CallTimeouts {
  #records = new Int32Array(256 << RECORD_SHIFT);
  #free = NOTHING;
  #used = 0;

  clear(): void {
    this.#free = NOTHING;
    this.#used = 0;
  }

  /** A record for the attempt of a call with that serial number; `kind`: one of `moment`. */
  take(token: number, serial: number, kind: number): number {
    let record = this.#free;
    if (record === NOTHING) record = this.#takeNew();
    else this.#free = this.#records[record << RECORD_SHIFT]!;
    const at = record << RECORD_SHIFT;
    this.#records[at | TOKEN] = token;
    this.#records[at | OF_TOKEN] = serial;
    this.#records[at | KIND] = kind;
    return record;
  }

  token(record: number): number {
    return this.#records[(record << RECORD_SHIFT) | TOKEN]!;
  }

  serial(record: number): number {
    return this.#records[(record << RECORD_SHIFT) | OF_TOKEN]!;
  }

  kind(record: number): number {
    return this.#records[(record << RECORD_SHIFT) | KIND]!;
  }

  /** Whether the attempt is over, by the words of all tokens: then the record's event was the last of it. */
  isStale(record: number, words: Int32Array): boolean {
    const at = record << RECORD_SHIFT;
    const token = this.#records[at | TOKEN]!;
    if (words[(token << WORD_SHIFT) | SERIAL] === this.#records[at | OF_TOKEN]) return false;
    this.give(record);
    return true;
  }

  /** The record's event has happened. */
  give(record: number): void {
    this.#records[record << RECORD_SHIFT] = this.#free;
    this.#free = record;
  }

  #takeNew(): number {
    if (this.#used << RECORD_SHIFT === this.#records.length) {
      const records = new Int32Array(this.#records.length * 2);
      records.set(this.#records);
      this.#records = records;
    }
    return this.#used++;
  }
}
