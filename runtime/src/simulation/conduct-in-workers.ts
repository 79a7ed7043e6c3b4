/**
 * Carries an experiment out on threads: the runs of each round are spread over them and handed back in their order, so that the answer
 * does not depend on how many there were. Cancelling ends the threads, whatever they are doing.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type {
  Experiment,
  ExperimentProgress,
  ReplicationResult,
  Round,
  RoundResults,
  Variant,
} from '@pollux/engine/simulation';
import { workerEntry } from './worker-entry.ts';
import type { ThreadTask, WorkerMessage, WorkerRun } from './worker-messages.ts';

interface ConductInWorkersOptions {
  /** As many as the machine has cores where not given. */
  readonly threads?: number;
  /** Ends it; the answer is what was finished until then. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExperimentProgress) => void;
}

/** A rejected promise is a bug of the simulator. */
export async function conductInWorkers<Answer>(
  { models, rounds }: Experiment<Answer>,
  { threads = availableParallelism(), signal, onProgress }: ConductInWorkersOptions = {},
): Promise<Answer> {
  const pool = new SimulationPool({ kind: 'simulation', task: { models } }, Math.max(1, threads), onProgress);
  try {
    let step = rounds.next();
    while (step.done !== true) step = rounds.next(await pool.run(step.value, signal));
    return step.value;
  } finally {
    pool.end();
  }
}

interface Thread {
  readonly worker: Worker;
  /** What it was given last. */
  variant?: Variant;
}

/** Threads that live as long as the experiment. */
class SimulationPool {
  readonly #task: ThreadTask;
  readonly #limit: number;
  readonly #onProgress: ConductInWorkersOptions['onProgress'];
  readonly #threads: Thread[] = [];
  #events = 0;

  constructor(task: ThreadTask, limit: number, onProgress: ConductInWorkersOptions['onProgress']) {
    this.#task = task;
    this.#limit = limit;
    this.#onProgress = onProgress;
  }

  run({ label, runs, done, planned }: Round, signal: AbortSignal | undefined): Promise<RoundResults> {
    const results: (ReplicationResult | null)[] = runs.map(() => null);
    const running = new Map<number, { readonly share: number; readonly events: number }>();
    let next = 0;
    let finished = 0;
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true || runs.length === 0) {
        resolve({ results, isCancelled: signal?.aborted === true });
        return;
      }
      const settle = (settled: () => void): void => {
        signal?.removeEventListener('abort', cancel);
        // Not all of them: Node listens too, to know whether anybody hears the messages.
        for (const { worker } of this.#threads)
          for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
        settled();
      };
      const cancel = (): void => settle(() => resolve({ results, isCancelled: true }));
      const fail = (error: unknown): void =>
        settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      const report = (): void => {
        let share = finished;
        let events = this.#events;
        for (const part of running.values()) {
          share += part.share;
          events += part.events;
        }
        const all = Math.max(planned, done + runs.length);
        this.#onProgress?.({ label, done: done + finished, planned: all, share: (done + share) / all, events });
      };
      const giveNext = (thread: Thread): void => {
        const index = next++;
        const planned = runs[index];
        if (planned === undefined) return;
        const { variant, ...run } = planned;
        thread.worker.postMessage({
          index,
          run,
          ...(thread.variant === variant ? {} : { variant }),
        } satisfies WorkerRun);
        thread.variant = variant;
      };
      const hear = (thread: Thread, message: WorkerMessage): void => {
        const { index } = message;
        switch (message.kind) {
          case 'failed':
            fail(new Error(`run ${index} of ${label === '' ? 'a simulation' : label} failed: ${message.message}`));
            return;
          case 'progress':
            running.set(index, message);
            break;
          case 'finished':
            this.#events += message.result.events;
            running.delete(index);
            results[index] = message.result;
            finished++;
            giveNext(thread);
        }
        report();
        if (finished === runs.length) settle(() => resolve({ results, isCancelled: false }));
      };
      signal?.addEventListener('abort', cancel);
      while (this.#threads.length < Math.min(this.#limit, runs.length)) this.#threads.push({ worker: this.#start() });
      for (const thread of this.#threads) {
        thread.worker.on('message', (message: WorkerMessage) => hear(thread, message));
        thread.worker.on('error', fail);
        thread.worker.on('exit', (code) => fail(new Error(`a simulation thread ended by itself with code ${code}`)));
        giveNext(thread);
      }
    });
  }

  end(): void {
    for (const { worker } of this.#threads) {
      worker.removeAllListeners();
      // A thread that dies while it is being ended is of no interest any more.
      worker.on('error', () => {});
      void worker.terminate();
    }
  }

  #start(): Worker {
    return new Worker(workerEntry(), { workerData: this.#task, name: 'pollux-simulation' });
  }
}
