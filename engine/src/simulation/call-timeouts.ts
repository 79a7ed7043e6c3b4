/** Limits of time for calls, in a pool of records: the calendar takes none back, so one of a call that has ended is stale. */
export class CallTimeouts {
  #token = new Int32Array(256);
  #serial = new Int32Array(256);
  readonly #free: number[] = [];
  #used = 0;

  clear(): void {
    this.#free.length = 0;
    this.#used = 0;
  }

  /** A record for the attempt of a call with that serial number. */
  take(token: number, serial: number): number {
    const record = this.#free.pop() ?? this.#used++;
    if (record === this.#token.length) this.#grow();
    this.#token[record] = token;
    this.#serial[record] = serial;
    return record;
  }

  token(record: number): number {
    return this.#token[record]!;
  }

  serial(record: number): number {
    return this.#serial[record]!;
  }

  /** The record's event has happened. */
  give(record: number): void {
    this.#free.push(record);
  }

  #grow(): void {
    const token = new Int32Array(this.#token.length * 2);
    const serial = new Int32Array(this.#serial.length * 2);
    token.set(this.#token);
    serial.set(this.#serial);
    this.#token = token;
    this.#serial = serial;
  }
}
