/** Runs tests, or looks for some, in a thread of their own, so that no model keeps its host from answering. Cancelling ends the thread. */
import { Worker } from 'node:worker_threads';
import type { ElementId, Model } from '@pollux/engine/model';
import type { GeneratedTests, TestResult } from '@pollux/engine/testing';
import { workerEntry } from '../simulation/worker-entry.ts';
import type { ThreadTask } from '../simulation/worker-messages.ts';
import type { TestTask, TestThreadMessage } from './test-messages.ts';

interface RunTestsOptions {
  /** Ends the run; the tests that were finished have told their results. */
  readonly signal?: AbortSignal;
  readonly onStart?: (test: ElementId) => void;
  readonly onResult?: (result: TestResult) => void;
}

/** Resolves when all have run, or when cancelled. A rejected promise is a bug of the engine. */
export async function runTestsInWorker(
  model: Model,
  tests: readonly ElementId[],
  { signal, onStart, onResult }: RunTestsOptions = {},
): Promise<void> {
  if (tests.length === 0) return;
  await inThread({ kind: 'run', model, tests }, signal, (message) => {
    if (message.kind === 'started') onStart?.(message.test);
    if (message.kind === 'ran' && message.result !== null) onResult?.(message.result);
  });
}

/** Null where there is no such machine, or where it was cancelled. */
export async function generateTestsInWorker(
  model: Model,
  machine: ElementId,
  signal?: AbortSignal,
): Promise<GeneratedTests | null> {
  let proposal: GeneratedTests | null = null;
  await inThread({ kind: 'generate', model, machine }, signal, (message) => {
    if (message.kind === 'generated') proposal = message.proposal;
  });
  return proposal;
}

function inThread(
  task: TestTask,
  signal: AbortSignal | undefined,
  hear: (message: TestThreadMessage) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const worker = new Worker(workerEntry(), {
      workerData: { kind: 'tests', task } satisfies ThreadTask,
      name: 'pollux-tests',
    });
    const end = (error?: Error): void => {
      signal?.removeEventListener('abort', cancel);
      worker.removeAllListeners();
      // A thread that dies while it is being ended is of no interest any more.
      worker.on('error', () => {});
      void worker.terminate();
      if (error === undefined) resolve();
      else reject(error);
    };
    const cancel = (): void => end();
    signal?.addEventListener('abort', cancel);
    worker.on('message', (message: TestThreadMessage) => {
      if (message.kind === 'done') end();
      else if (message.kind === 'failed') end(new Error(`a test failed to run: ${message.message}`));
      else hear(message);
    });
    worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => end(new Error(`the thread of the tests ended by itself with code ${code}`)));
  });
}
