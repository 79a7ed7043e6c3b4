import { simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { simulateInWorkers } from '@pollux/runtime';
import { describe, expect, it, vi } from 'vitest';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const text = `package queue
component Server { operation work() takes exp(20 ms) }
interaction Job { actor user  lifeline server: Server  user -> server.work() }
deployment One { node machine { cores 1  deploy Server } }
scenario Calm of One { load Job at 10/s  run 20 s  warmup 1 s  replications 5  seed 7 }
scenario Endless of One { load Job at 10/s  run 2000 h  replications 3  seed 7 }
scenario Unknown of One { load Vague at 10/s  run 20 s  replications 3  seed 7 }
component Riddle { operation work() takes ? }
interaction Vague { actor user  lifeline riddle: Riddle  user -> riddle.work() }
`;

async function queue() {
  const { model } = await modelOf(text);
  if (model === null) throw new Error('the fixture does not load');
  return model;
}

describe('simulating on threads', () => {
  it('gives the same bytes as in one thread, whatever the number of threads', async () => {
    const model = await queue();
    const alone = JSON.stringify(simulate(model, 'queue.Calm', {}));
    for (const threads of [1, 3]) {
      expect(JSON.stringify(await simulateInWorkers(model, 'queue.Calm', { threads }))).toBe(alone);
    }
  });

  it('takes another seed and number of replications', async () => {
    const model = await queue();
    const result = await simulateInWorkers(model, 'queue.Calm', { seed: 9, replications: 2, threads: 2 });
    expect(JSON.stringify(result)).toBe(JSON.stringify(simulate(model, 'queue.Calm', { seed: 9, replications: 2 })));
  });

  it('says how far it is, and ends with all of it done', async () => {
    const shares: number[] = [];
    await simulateInWorkers(await queue(), 'queue.Calm', { onProgress: ({ share }) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('ends when it is cancelled, with the replications that were finished', async () => {
    const cancel = new AbortController();
    const running = simulateInWorkers(await queue(), 'queue.Endless', {
      threads: 2,
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    expect(await running).toMatchObject({ scenario: 'queue.Endless', replications: 0 });
  });

  it('starts no thread for a run that is cancelled already', async () => {
    const result = await simulateInWorkers(await queue(), 'queue.Endless', { signal: AbortSignal.abort() });
    expect(result.replications).toBe(0);
  });

  it('answers what keeps a scenario from running', async () => {
    const result = await simulateInWorkers(await queue(), 'queue.Unknown');
    expect(result).toMatchObject({ replications: 0, measures: [] });
    expect(result.findings.map(({ severity }) => severity)).toContain('error');
    const missing = await simulateInWorkers(await queue(), 'queue.Missing');
    expect(missing.findings).toMatchObject([{ severity: 'error' }]);
  });
});
