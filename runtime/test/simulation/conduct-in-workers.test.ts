import {
  comparison,
  conduct,
  type Experiment,
  type ExperimentProgress,
  explain,
  simulation,
  sweep,
} from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { conductInWorkers } from '@pollux/runtime';
import { describe, expect, it, vi } from 'vitest';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const text = `package queue
component Server { operation work() takes exp(20 ms) }
interaction Job { actor user  lifeline server: Server  user -> server.work() }
deployment One { node machine { cores 1  deploy Server } }
scenario Calm of One { load Job at 30/s  run 20 s  warmup auto  replications 3..12 until 5 %  seed 7 }
scenario Busy of One {
  load Job at 45/s  run 20 s  warmup 2 s  replications 3  seed 7
  expect mean(Job) < 60 ms  vary machine.cores in 1..3
}
scenario Endless of One { load Job at 10/s  run 2000 h  replications 3  seed 7  vary machine.cores in 1..3 }
`;

const { model } = await modelOf(text);
if (model === null) throw new Error('the fixture does not load');

const experiments: Readonly<Record<string, () => Experiment<unknown>>> = {
  'a scenario that stops when it is precise': () => simulation(model, 'queue.Calm'),
  'a comparison': () => comparison({ model, scenario: 'queue.Busy' }, [{ model, scenario: 'queue.Calm' }]),
  'a sweep': () => sweep(model, 'queue.Busy'),
  'a search': () => explain(model, 'queue.Busy'),
};

describe('an experiment on threads', () => {
  it.each(Object.entries(experiments))('%s has the same bytes on one as on eight', async (_, experiment) => {
    const alone = JSON.stringify(conduct(experiment()));
    expect(alone.length).toBeGreaterThan(1000);
    for (const threads of [1, 8]) expect(JSON.stringify(await conductInWorkers(experiment(), { threads }))).toBe(alone);
  });

  it('says how far it is, over all its rounds', async () => {
    const said: ExperimentProgress[] = [];
    await conductInWorkers(sweep(model, 'queue.Busy', { prunes: true }), {
      threads: 2,
      onProgress: (progress) => said.push(progress),
    });
    expect(said.at(-1)).toMatchObject({ done: 6, planned: 6, share: 1 });
    expect(said.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
  });

  it('ends at once when it is cancelled, with what there is', async () => {
    const cancel = new AbortController();
    let cancelled = 0;
    const found = await conductInWorkers(sweep(model, 'queue.Endless'), {
      threads: 2,
      signal: cancel.signal,
      onProgress: () => {
        if (cancelled !== 0) return;
        cancelled = performance.now();
        cancel.abort();
      },
    });
    expect(performance.now() - cancelled).toBeLessThan(2000);
    expect(found.points.map(({ status }) => status)).toEqual(['not-run', 'not-run', 'not-run']);
    expect(found.findings.map(({ code }) => code)).toEqual(['incomplete']);
  });
});
