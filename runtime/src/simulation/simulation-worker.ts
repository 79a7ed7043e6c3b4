/** Where every thread of the runtime begins: looks what it is for, and loads no more than that. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ThreadTask } from './worker-messages.ts';

if (parentPort !== null) void begin(parentPort, workerData as ThreadTask);

async function begin(port: MessagePort, { kind, task }: ThreadTask): Promise<void> {
  if (kind === 'twin') {
    const { runTwin } = await import('../twin/twin-thread.ts');
    runTwin(port, task);
  } else if (kind === 'live') {
    const { runLive } = await import('../live/live-thread.ts');
    runLive(port, task);
  } else if (kind === 'tests') {
    const { runTests } = await import('../testing/test-thread.ts');
    runTests(port, task);
  } else {
    const { runReplications } = await import('./replications-thread.ts');
    runReplications(port, task);
  }
}
