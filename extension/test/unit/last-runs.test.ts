import type { SimulationResult } from '@pollux/engine/simulation';
import { expect, test } from 'vitest';
import { Overlay } from '../../src/diagram/overlay.ts';
import { LastRuns } from '../../src/last-runs.ts';

const uri = 'file:///shop.twin';

function run(overlay: Overlay, runs: LastRuns, scenario: string, finished: number): void {
  const counters = { started: 9, finished };
  const result = { scenario, replications: 1, expectations: [], counters } as unknown as SimulationResult;
  overlay.setResult(uri, result, scenario);
  runs.note(uri);
}

test('a scenario keeps how its last run went when another one is run', () => {
  const overlay = new Overlay();
  const runs = new LastRuns(overlay);
  run(overlay, runs, 'shop.Weekday', 7);
  run(overlay, runs, 'shop.Weekday', 8);
  run(overlay, runs, 'shop.BlackFriday', 9);
  expect(Object.fromEntries(runs.of(uri))).toEqual({
    'shop.Weekday': { summary: 'last run: 8 of 9 finished, 1 replication', isShown: false, fellShort: false },
    'shop.BlackFriday': { summary: 'last run: 9 of 9 finished, 1 replication', isShown: true, fellShort: false },
  });
});

test('other documents, and those whose result was taken away, have none', () => {
  const overlay = new Overlay();
  const runs = new LastRuns(overlay);
  runs.note(uri);
  expect(runs.of(uri).size).toBe(0);
  run(overlay, runs, 'shop.Weekday', 7);
  expect(runs.of('file:///other.twin').size).toBe(0);
});
