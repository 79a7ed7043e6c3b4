/**
 * The live twin as its owner sees it. All work is done in a thread of its own, so that a burst of telemetry never holds up an
 * editor; a thread that dies is a problem that is told, not a throw.
 */
import { Worker } from 'node:worker_threads';
import type { ElementId, Model, SeenArrivals } from '@pollux/engine/model';
import type { TelemetryNames } from '@pollux/engine/twin';
import { workerEntry } from '../simulation/worker-entry.ts';
import type { ThreadTask } from '../simulation/worker-messages.ts';
import type { TwinAnswers, TwinCall, TwinCommand, TwinMessage, TwinTask } from './twin-messages.ts';
import type { TwinProblem, TwinReport, TwinStart } from './twin-report.ts';

type TwinServiceOptions = TwinTask;

interface PendingCall {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export class TwinService {
  readonly #onState = new Set<(report: TwinReport) => void>();
  readonly #onProblem = new Set<(problem: TwinProblem) => void>();
  readonly #pending = new Map<number, PendingCall>();
  #task: TwinTask;
  #worker: Worker | undefined;
  #calls = 0;

  constructor(options: TwinServiceOptions) {
    this.#task = options;
  }

  /** Hears every report, at most four a second; answers what ends the hearing. */
  onState(listener: (report: TwinReport) => void): () => void {
    this.#onState.add(listener);
    return () => this.#onState.delete(listener);
  }

  /** Hears what goes wrong after the start. */
  onProblem(listener: (problem: TwinProblem) => void): () => void {
    this.#onProblem.add(listener);
    return () => this.#onProblem.delete(listener);
  }

  /** Opens the sources. A port that is taken is a problem in the answer; whatever else could be opened stays open. */
  async start(): Promise<TwinStart> {
    const { model, twin } = this.#task;
    if (model.twins.every(({ id }) => id !== twin)) {
      return { ports: [], problems: [{ kind: 'twin-missing', message: `The model declares no twin ${twin}.` }] };
    }
    await this.stop();
    const worker = new Worker(workerEntry(), {
      workerData: { kind: 'twin', task: this.#task } satisfies ThreadTask,
      name: 'pollux-twin',
    });
    this.#worker = worker;
    worker.on('message', (message: TwinMessage) => this.#hear(message));
    worker.on('error', (error) => this.#died(error instanceof Error ? error.message : String(error)));
    return this.#guarded(this.#call('start'));
  }

  /** Closes the sources and ends the thread. May be called at any time, and again. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    await this.#call('stop').catch(() => {});
    this.#worker = undefined;
    await worker.terminate();
    this.#failAll('the twin was stopped');
  }

  /**
   * Goes on with a changed model: the ports stay open unless the text names others, and the last minute of telemetry is held
   * against the new text at once.
   */
  async updateModel(model: Model): Promise<TwinStart> {
    this.#task = { ...this.#task, model };
    if (this.#worker === undefined) return { ports: [], problems: [] };
    return this.#guarded(this.#call('update-model', { kind: 'update-model', model }));
  }

  /** Reads the recordings that the twin's file sources name, as if they came now. */
  async replayFiles(): Promise<readonly TwinProblem[]> {
    return this.#worker === undefined ? [] : this.#call('replay-files');
  }

  /** The names that the telemetry used since attaching, whatever the text says meanwhile; null where nothing runs. */
  async names(): Promise<TelemetryNames | null> {
    return this.#worker === undefined ? null : this.#call('names');
  }

  /** When each interaction began, since attaching; null where nothing runs. */
  async arrivals(): Promise<ReadonlyMap<ElementId, SeenArrivals> | null> {
    return this.#worker === undefined ? null : this.#call('arrivals');
  }

  #call<K extends 'start' | 'stop' | 'replay-files' | 'names' | 'arrivals'>(kind: K): Promise<TwinAnswers[K]>;
  #call<K extends TwinCommand['kind']>(kind: K, command: TwinCommand & { kind: K }): Promise<TwinAnswers[K]>;
  #call<K extends TwinCommand['kind']>(kind: K, command?: TwinCommand): Promise<TwinAnswers[K]> {
    const call = ++this.#calls;
    const sent: TwinCall = { call, command: command ?? ({ kind } as TwinCommand) };
    return new Promise((resolve, reject) => {
      this.#pending.set(call, { resolve, reject });
      this.#worker?.postMessage(sent);
    });
  }

  #hear(message: TwinMessage): void {
    switch (message.kind) {
      case 'state':
        for (const listener of this.#onState) listener(message.report);
        return;
      case 'problem':
        for (const listener of this.#onProblem) listener(message.problem);
        return;
      case 'answer':
      case 'failed': {
        const pending = this.#pending.get(message.call);
        this.#pending.delete(message.call);
        if (message.kind === 'failed') pending?.reject(new Error(message.message));
        else pending?.resolve(message.value as never);
      }
    }
  }

  #died(reason: string): void {
    this.#worker = undefined;
    this.#failAll(reason);
    const message = `The twin stopped because of an error: ${reason}. Attach again.`;
    for (const listener of this.#onProblem) listener({ kind: 'crashed', message });
  }

  #failAll(reason: string): void {
    for (const { reject } of this.#pending.values()) reject(new Error(reason));
    this.#pending.clear();
  }

  async #guarded(started: Promise<TwinStart>): Promise<TwinStart> {
    try {
      return await started;
    } catch (error) {
      return {
        ports: [],
        problems: [{ kind: 'crashed', message: `The twin could not be run: ${(error as Error).message}` }],
      };
    }
  }
}
