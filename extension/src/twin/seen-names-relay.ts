/**
 * Brings the names that the attached twin has seen to the language server: when new telemetry came, but not with every report, and
 * again to a server that starts anew. Knows neither VS Code nor what the names are for.
 */
import type { TelemetryNames } from '@pollux/engine/twin';
import type { TwinReport } from '@pollux/runtime';

/** The lists are sent whole, and nobody writes bindings faster. */
const EVERY_MS = 3000;

interface SeenNamesRelayOptions {
  readonly send: (names: TelemetryNames) => Promise<void>;
  /** Milliseconds of any clock that does not go back. */
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

export class SeenNamesRelay {
  readonly #options: SeenNamesRelayOptions;
  #names: TelemetryNames | null = null;
  #received = '';
  #due = Number.NEGATIVE_INFINITY;

  constructor(options: SeenNamesRelayOptions) {
    this.#options = options;
  }

  /** Hears every report of the attached twin. */
  async report({ state, receiver }: TwinReport, ask: () => Promise<TelemetryNames | null>): Promise<void> {
    const counts = [state.newest, state.spans.received, receiver.logs, receiver.metrics];
    const received = `${state.twin} ${counts.join(' ')}`;
    const now = this.#options.now();
    if (received === this.#received || now < this.#due || counts.every((count) => count === 0)) return;
    this.#received = received;
    this.#due = now + EVERY_MS;
    try {
      this.#names = (await ask()) ?? this.#names;
      await this.resend();
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  /** To a server that knows nothing yet. */
  async resend(): Promise<void> {
    if (this.#names !== null) await this.#options.send(this.#names);
  }
}
