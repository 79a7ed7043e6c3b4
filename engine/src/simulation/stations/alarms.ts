/**
 * The alarms of one station: it wants to be called at a time that moves. One that has moved to later is found out when the
 * alarm goes off too early; only one that moves to earlier is set anew. So the calendar never fills with stale ones.
 */

export class Alarms {
  readonly #set: (time: number) => void;
  /** The times that are set, the next one last. */
  readonly #times: number[] = [];

  constructor(set: (time: number) => void) {
    this.#set = set;
  }

  clear(): void {
    this.#times.length = 0;
  }

  /** It goes off at the time or before. Infinity: none is wanted. */
  want(time: number): void {
    const next = this.#times.at(-1) ?? Number.POSITIVE_INFINITY;
    if (!(time < next)) return;
    this.#times.push(time);
    this.#set(time);
  }

  /** The next one has gone off. */
  ring(): void {
    this.#times.pop();
  }
}
