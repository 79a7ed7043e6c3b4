/** One simulation thread: compiles its scenario once, then runs the replications that it is given. */
import type { MessagePort } from 'node:worker_threads';
import { type CompiledScenario, compileScenario, runReplication } from '@pollux/engine/simulation';
import type { RunReplication, WorkerMessage, WorkerTask } from './worker-messages.ts';

const PROGRESS_EVERY_MS = 100;

export function runReplications(port: MessagePort, task: WorkerTask): void {
  const post = (message: WorkerMessage): void => port.postMessage(message);
  let compiled: CompiledScenario | undefined;
  port.on('message', ({ replication }: RunReplication) => {
    try {
      compiled ??= compile(task);
      let reported = performance.now();
      const result = runReplication(compiled, replication, {
        progress: (share, events) => {
          const now = performance.now();
          if (now - reported < PROGRESS_EVERY_MS) return;
          reported = now;
          post({ kind: 'progress', replication, share, events });
        },
      });
      post({ kind: 'finished', replication, result });
    } catch (error) {
      post({
        kind: 'failed',
        replication,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  });
}

function compile({ model, scenario, seed, replications }: WorkerTask): CompiledScenario {
  const { value, problems } = compileScenario(model, scenario, { seed, replications });
  if (value === null) throw new Error(`${scenario} does not compile here: ${problems[0]?.message}`);
  return value;
}
