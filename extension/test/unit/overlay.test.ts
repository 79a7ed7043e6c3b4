import { expect, test } from 'vitest';
import { Overlay } from '../../src/diagram/overlay.ts';

test('each document has its own overlay, and hears only of its own', () => {
  const overlay = new Overlay();
  const heard: string[] = [];
  overlay.onDidChange('file:///a.twin', (part) => heard.push(part));
  overlay.setProgress('file:///a.twin', { replication: 1, replications: 10, share: 0.1, events: 5 });
  overlay.setProgress('file:///b.twin', null);
  expect(heard).toEqual(['progress']);
  expect(overlay.of('file:///a.twin').progress?.share).toBe(0.1);
  expect(overlay.of('file:///b.twin').progress).toBeNull();
});

test('a part that changes leaves the others as they are', () => {
  const overlay = new Overlay();
  overlay.setTwin('file:///a.twin', { state: null, lag_s: 3 });
  overlay.setResult('file:///a.twin', null, 'Weekday');
  expect(overlay.of('file:///a.twin')).toEqual({
    result: null,
    scenario: 'Weekday',
    progress: null,
    experiments: { comparison: null, sweep: null, answers: null },
    run: null,
    twin: { state: null, lag_s: 3 },
    active: [],
  });
});

test('who listens to all hears which document it was, until it no longer listens', () => {
  const overlay = new Overlay();
  const heard: string[] = [];
  const listening = overlay.onDidChange(null, (_, uri) => heard.push(uri));
  overlay.setResult('file:///a.twin', null, '');
  listening.dispose();
  overlay.setResult('file:///b.twin', null, '');
  expect(heard).toEqual(['file:///a.twin']);
});
