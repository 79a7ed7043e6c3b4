import type { Divergence, TwinState } from '@pollux/engine/twin';
import { expect, test } from 'vitest';
import { evidenceLines } from '../../src/twin/divergence-evidence.ts';
import { DivergenceLedger } from '../../src/twin/divergence-ledger.ts';
import { type Attachment, statusLine } from '../../src/twin/status-line.ts';

function divergence(id: string, more: Partial<Divergence> = {}): Divergence {
  return {
    id,
    kind: 'latency',
    element: 'shop.Bank.charge',
    message: `${id} is slow`,
    status: 'open',
    verdict: 'final',
    count: 17,
    of: 120,
    first: 1_000_000,
    last: 2_000_000,
    evidence: { traceIds: [], instances: [], figures: [], also: [] },
    ...more,
  };
}

function state(divergences: readonly Divergence[], received = 40): TwinState {
  return {
    schema: 1,
    twin: 'shop.Live',
    sequence: 1,
    watermark: 0,
    newest: 9_000_000,
    window_s: 10,
    traces: { seen: 9, matched: 6, divergent: 1, undecided: 1, unmodelled: 1 },
    spans: { received, unmodelled: 2, shed: 0 },
    figures: {},
    divergences,
    expectations: [],
  };
}

const attachment: Attachment = { twin: 'Live', listening: ['127.0.0.1:4318'], state: state([]), lag_s: 1.2 };

test.each<[string, Partial<Attachment>, string]>([
  ['in step', {}, '$(radio-tower) Live: lag 1 s'],
  ['before the first span', { state: state([], 0) }, '$(radio-tower) Live: waiting for the first span'],
  ['before the first state', { state: null }, '$(radio-tower) Live: waiting for the first span'],
  ['contradicted once', { state: state([divergence('a')]) }, '$(radio-tower) Live: lag 1 s, 1 divergence'],
  [
    'contradicted twice',
    { state: state([divergence('a'), divergence('b'), divergence('c', { status: 'resolved' })]) },
    '$(radio-tower) Live: lag 1 s, 2 divergences',
  ],
  ['silent', { silent_s: 300 }, '$(debug-disconnect) Live: silent for 5 min'],
])('the status bar of a twin that is %s', (_, change, text) => {
  expect(statusLine({ ...attachment, ...change }).text).toBe(text);
});

test('the status bar alerts only while a divergence is open', () => {
  expect(statusLine(attachment).alert).toBe(false);
  expect(statusLine({ ...attachment, state: state([divergence('a')]) }).alert).toBe(true);
  expect(statusLine({ ...attachment, state: state([divergence('a', { status: 'resolved' })]) }).alert).toBe(false);
});

test('the tooltip says where it listens and what became of every trace', () => {
  const { tooltip } = statusLine(attachment);
  expect(tooltip).toContain('127.0.0.1:4318');
  expect(tooltip).toContain('9 traces: 6 matched, 1 divergent, 1 undecided, 1 not modelled');
});

test('evidence names counts, figures with their units, traces and instances', () => {
  const evidence = {
    traceIds: ['4f1c', 'b70e'],
    instances: ['o-17'],
    figures: [{ name: 'observed p50', value: 0.48123, unit: 's' }],
    also: [],
  };
  expect(evidenceLines(divergence('a', { evidence }))).toEqual([
    'seen 17 of 120 times',
    'observed p50 481 ms',
    'trace 4f1c, b70e',
    'instance o-17',
  ]);
});

test('a divergence appears once and is resolved once', () => {
  const ledger = new DivergenceLedger();
  const first = ledger.take(state([divergence('a')]));
  const again = ledger.take(state([divergence('a')]));
  const gone = ledger.take(state([divergence('a', { status: 'resolved', resolved: 5_000_000 })]));
  expect(first.appeared.map(({ id }) => id)).toEqual(['a']);
  expect(again).toEqual({ appeared: [], resolved: [], shown: false });
  expect(gone.resolved).toMatchObject([{ id: 'a', status: 'resolved', resolved: 5_000_000 }]);
  expect(ledger.open()).toEqual([]);
});

test('a divergence that the state no longer mentions counts as resolved', () => {
  const ledger = new DivergenceLedger();
  ledger.take(state([divergence('a')]));
  ledger.take(state([]));
  expect(ledger.resolved()).toMatchObject([{ id: 'a', status: 'resolved', resolved: 9_000_000 }]);
});

test('a divergence that comes back is open and no longer listed as resolved', () => {
  const ledger = new DivergenceLedger();
  ledger.take(state([divergence('a')]));
  ledger.take(state([]));
  const back = ledger.take(state([divergence('a')]));
  expect(back.appeared).toHaveLength(1);
  expect(ledger.resolved()).toEqual([]);
});

test('a retracted verdict is not shown as open', () => {
  const ledger = new DivergenceLedger();
  ledger.take(state([divergence('a', { verdict: 'retracted' })]));
  expect(ledger.open()).toEqual([]);
});

test('new words for the same divergence are shown, the same words are not shown again', () => {
  const ledger = new DivergenceLedger();
  ledger.take(state([divergence('a')]));
  expect(ledger.take(state([divergence('a', { message: 'a is slower' })])).shown).toBe(true);
  expect(ledger.take(state([divergence('a', { message: 'a is slower' })])).shown).toBe(false);
});
