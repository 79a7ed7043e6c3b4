/** A live run in a thread of its own, as its host sees it: commands in, states out. Disposing ends the thread, whatever it does. */
import { Worker } from 'node:worker_threads';
import type { LiveCommand, LiveState } from '@pollux/engine/simulation';
import { workerEntry } from '../simulation/worker-entry.ts';
import type { ThreadTask } from '../simulation/worker-messages.ts';
import type { LiveMessage, LiveTask } from './live-messages.ts';

interface LiveRunListener {
  onState(state: LiveState): void;
  /** A bug of the simulator, or the end of its thread. Nothing comes after it. */
  onFailure(error: Error): void;
}

export interface LiveRunHandle {
  send(command: LiveCommand): void;
  dispose(): void;
}

export function startLiveRun(task: LiveTask, { onState, onFailure }: LiveRunListener): LiveRunHandle {
  const worker = new Worker(workerEntry(), {
    workerData: { kind: 'live', task } satisfies ThreadTask,
    name: 'pollux-live',
  });
  const dispose = (): void => {
    worker.removeAllListeners();
    // A thread that dies while it is being ended is of no interest any more.
    worker.on('error', () => {});
    void worker.terminate();
  };
  const fail = (error: Error): void => {
    dispose();
    onFailure(error);
  };
  worker.on('message', (message: LiveMessage) => {
    if (message.kind === 'state') onState(message.state);
    else fail(new Error(message.message));
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`the thread of the live run ended by itself with code ${code}`)));
  return { send: (command) => worker.postMessage(command), dispose };
}
