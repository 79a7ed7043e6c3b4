/**
 * Spreads the replications of a scenario over threads and merges them in their order, so that the result does not depend
 * on how many threads there were. Cancelling ends the threads, whatever they are doing.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ElementId, Model } from '@pollux/engine/model';
import {
  compileScenario,
  impossible,
  mergeReplications,
  type ReplicationResult,
  type SimulationProgress,
  type SimulationResult,
} from '@pollux/engine/simulation';
import { workerEntry } from './worker-entry.ts';
import type { RunReplication, ThreadTask, WorkerMessage, WorkerTask } from './worker-messages.ts';

export interface SimulateInWorkersOptions {
  /** Instead of the scenario's own. */
  readonly seed?: number;
  readonly replications?: number;
  /** As many as the machine has cores where not given. */
  readonly threads?: number;
  /** Ends the run; the answer holds the replications that were finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SimulationProgress) => void;
}

/**
 * Runs a scenario. A scenario that cannot run yields a result of no replications with the findings that say why;
 * a rejected promise is a bug of the simulator.
 */
export async function simulateInWorkers(
  model: Model,
  scenario: ElementId,
  options: SimulateInWorkersOptions = {},
): Promise<SimulationResult> {
  const { seed, replications } = options;
  const { value: compiled, problems } = compileScenario(model, scenario, { seed, replications });
  if (compiled === null) return impossible(model, scenario, seed, problems);
  const results = await runAll({ model, scenario, seed, replications }, compiled.replications, options);
  return mergeReplications(compiled, results);
}

/** The finished replications in their order. */
function runAll(
  task: WorkerTask,
  replications: number,
  options: SimulateInWorkersOptions,
): Promise<ReplicationResult[]> {
  const { signal, onProgress } = options;
  const results = new Map<number, ReplicationResult>();
  const running = new Map<number, { readonly share: number; readonly events: number }>();
  const threads = Math.max(1, Math.min(options.threads ?? availableParallelism(), replications));
  const workers: Worker[] = [];
  let next = 0;
  let doneEvents = 0;

  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      signal?.removeEventListener('abort', cancel);
      for (const worker of workers) {
        worker.removeAllListeners();
        // A thread that dies while it is being ended is of no interest any more.
        worker.on('error', () => {});
        void worker.terminate();
      }
      if (error === undefined) resolve([...results].sort(([a], [b]) => a - b).map(([, result]) => result));
      else reject(error);
    };
    const cancel = (): void => end();
    const report = (replication: number): void => {
      let share = results.size;
      let events = doneEvents;
      for (const part of running.values()) {
        share += part.share;
        events += part.events;
      }
      onProgress?.({ replication, replications, share: share / replications, events });
    };
    const giveNext = (worker: Worker): void => {
      if (next >= replications) return;
      worker.postMessage({ replication: next++ } satisfies RunReplication);
    };
    const hear = (worker: Worker, message: WorkerMessage): void => {
      const { replication } = message;
      if (message.kind === 'failed') {
        end(new Error(`replication ${replication} failed: ${message.message}`));
        return;
      }
      if (message.kind === 'progress') running.set(replication, message);
      else {
        doneEvents += message.result.events;
        running.delete(replication);
        results.set(replication, message.result);
        giveNext(worker);
      }
      report(replication);
      if (results.size === replications) end();
    };

    if (signal?.aborted === true) {
      end();
      return;
    }
    signal?.addEventListener('abort', cancel);
    for (let index = 0; index < threads; index++) {
      const worker = new Worker(workerEntry(), {
        workerData: { kind: 'simulation', task } satisfies ThreadTask,
        name: 'pollux-simulation',
      });
      workers.push(worker);
      worker.on('message', (message: WorkerMessage) => hear(worker, message));
      worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
      worker.on('exit', (code) => end(new Error(`a simulation thread ended by itself with code ${code}`)));
      giveNext(worker);
    }
  });
}
