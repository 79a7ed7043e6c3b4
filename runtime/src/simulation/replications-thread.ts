/** One simulation thread: runs what it is given, one after the other, and compiles a variant once while it stays the same. */
import type { MessagePort } from 'node:worker_threads';
import { type CompiledScenario, compileVariant, runPlanned, type Variant } from '@pollux/engine/simulation';
import type { WorkerMessage, WorkerRun, WorkerTask } from './worker-messages.ts';

const PROGRESS_EVERY_MS = 100;

export function runReplications(port: MessagePort, { models }: WorkerTask): void {
  const post = (message: WorkerMessage): void => port.postMessage(message);
  let variant: Variant | undefined;
  let compiled: CompiledScenario | undefined;
  port.on('message', ({ index, variant: next, run }: WorkerRun) => {
    try {
      if (next !== undefined) {
        variant = next;
        compiled = undefined;
      }
      if (variant === undefined) throw new Error(`run ${index} has no variant`);
      compiled ??= compile(models, variant);
      let reported = performance.now();
      const result = runPlanned(
        compiled,
        { ...run, variant },
        {
          progress: (share, events) => {
            const now = performance.now();
            if (now - reported < PROGRESS_EVERY_MS) return;
            reported = now;
            post({ kind: 'progress', index, share, events });
          },
        },
      );
      post({ kind: 'finished', index, result });
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ kind: 'failed', index, message });
    }
  });
}

function compile(models: WorkerTask['models'], variant: Variant): CompiledScenario {
  const { value, problems } = compileVariant(models, variant);
  if (value === null) throw new Error(`${variant.scenario} does not compile here: ${problems[0]?.message}`);
  return value;
}
