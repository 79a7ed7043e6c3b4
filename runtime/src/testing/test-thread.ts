/** The thread that runs tests, or looks for some, one after the other. */
import type { MessagePort } from 'node:worker_threads';
import { generateTests, runTest } from '@pollux/engine/testing';
import type { TestTask, TestThreadMessage } from './test-messages.ts';

export function runTests(port: MessagePort, task: TestTask): void {
  const post = (message: TestThreadMessage): void => port.postMessage(message);
  try {
    if (task.kind === 'generate') post({ kind: 'generated', proposal: generateTests(task.model, task.machine) });
    else {
      for (const test of task.tests) {
        post({ kind: 'started', test });
        post({ kind: 'ran', test, result: runTest(task.model, test) });
      }
    }
    post({ kind: 'done' });
  } catch (error) {
    post({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
