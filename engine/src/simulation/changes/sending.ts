/** Signals that the timeline sends to instances of machines and activities, by their keys. */
import { compileActions, Frame, RunError, type Scope } from '../../expressions/index.ts';
import type { Change } from '../../model/index.ts';
import { type RandomStream, randomStream } from '../../numeric/index.ts';
import type { Finding } from '../result.ts';
import { NOBODY } from '../senders.ts';
import type { Running } from './running.ts';

type Send = Extract<Change, { readonly kind: 'send' }>;

export class Sending {
  readonly #run: Running;
  readonly #frame = new Frame();
  readonly #streams: RandomStream[] = [];
  #replication = 0;

  constructor(run: Running) {
    this.#run = run;
    this.#frame.effects = {
      send: (signal, values, target, delay) => {
        if (target.kind === 'self' || target.kind === 'lifeline') return;
        const now = this.#run.clock[0]!;
        this.#run.post({ target, signal, values: [...values], now, delay, from: NOBODY, handled: NOBODY });
      },
      log: () => {},
    };
  }

  begin(replication: number): void {
    this.#replication = replication;
  }

  /** Returns what went wrong, if anything. */
  send({ action }: Send, key: string): Finding | null {
    const { model, seed } = this.#run.scenario;
    this.#streams.length = 0;
    const scope: Scope = {
      locate: () => undefined,
      state: () => undefined,
      signal: (id) => model.signals.findIndex((signal) => signal.id === id),
      attributes: (id) => model.signals.find((signal) => signal.id === id)?.attributes.map((one) => one.id) ?? [],
      source: () => this.#streams.push(randomStream(seed, `${key}/${this.#streams.length}`, this.#replication)) - 1,
    };
    try {
      const behaviour = compileActions([action], scope);
      this.#frame.streams = this.#streams;
      this.#frame.now = this.#run.clock[0]!;
      behaviour?.(this.#frame);
      return null;
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      const { code, message, place } = error.problem;
      return { code, severity: 'error', element: key, message: `Line ${place.start.line + 1}: ${message}` };
    }
  }
}
