/** Moments at which callers do something about a call, in a pool of records: the calendar takes none back, so one of a call that has ended is stale. */

/** What the caller does then. */
export const moment = { givesUp: 0, hedges: 1 } as const;

export class CallTimeouts {
  #token = new Int32Array(256);
  #serial = new Int32Array(256);
  #kind = new Uint8Array(256);
  readonly #free: number[] = [];
  #used = 0;

  clear(): void {
    this.#free.length = 0;
    this.#used = 0;
  }

  /** A record for the attempt of a call with that serial number; `kind`: one of `moment`. */
  take(token: number, serial: number, kind: number): number {
    const record = this.#free.pop() ?? this.#used++;
    if (record === this.#token.length) this.#grow();
    this.#token[record] = token;
    this.#serial[record] = serial;
    this.#kind[record] = kind;
    return record;
  }

  token(record: number): number {
    return this.#token[record]!;
  }

  serial(record: number): number {
    return this.#serial[record]!;
  }

  kind(record: number): number {
    return this.#kind[record]!;
  }

  /** The record's event has happened. */
  give(record: number): void {
    this.#free.push(record);
  }

  #grow(): void {
    const token = new Int32Array(this.#token.length * 2);
    const serial = new Int32Array(this.#serial.length * 2);
    const kind = new Uint8Array(this.#kind.length * 2);
    token.set(this.#token);
    serial.set(this.#serial);
    kind.set(this.#kind);
    this.#token = token;
    this.#serial = serial;
    this.#kind = kind;
  }
}
