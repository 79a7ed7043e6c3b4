/**
 * How often a crashed language server is started again: at once, but not for ever. Knows nothing of processes.
 */
export class RestartPolicy {
  readonly #limit: number;
  readonly #window_ms: number;
  #crashes: number[] = [];

  /** Gives up at the crash after `limit` within `window_ms`. */
  constructor(limit = 5, window_ms = 180_000) {
    this.#limit = limit;
    this.#window_ms = window_ms;
  }

  /** Whether to start again after a crash at `now_ms`. */
  crashed(now_ms: number): boolean {
    this.#crashes = [...this.#crashes.filter((at) => now_ms - at < this.#window_ms), now_ms];
    return this.#crashes.length <= this.#limit;
  }

  /** A person asked for a new start: earlier crashes no longer count. */
  forgive(): void {
    this.#crashes = [];
  }
}
