import type { Model } from '@pollux/engine/model';
import type { SimulationResult } from '@pollux/engine/simulation';
import type { Divergence, TwinState } from '@pollux/engine/twin';
import { modelOf } from '@pollux/language-server/language';
import { diagramsOf } from '@pollux/webview/diagram';
import { beforeAll, expect, test } from 'vitest';
import { type LensFacts, lenses, summaryOf } from '../../src/lenses.ts';

const text = `package shop
signal Pay
machine Order(id: String) {
  initial -> Created
  state Created { on Pay -> Paid }
  final Paid
}
component Web { operation buy(id: String) takes exp(4 ms) }
interaction Buy(id: String) { actor customer lifeline web: Web customer -> web.buy(id) }
activity Pack { initial -> wrap  action wrap takes 2 min -> done  final done }
deployment Production { node edge { cores 2 deploy Web } }
scenario Weekday of Production { load Buy(id: "x") at 12/s run 10 min replications 10 seed 42 expect p95(Buy) < 400 ms }
twin Live of Production { source otlp on 4318 }
`;
let facts: LensFacts;

beforeAll(async () => {
  const { model } = await modelOf(text);
  if (model === null) throw new Error('the fixture has no model');
  facts = { uri: model.uri, model, lastRuns: new Map(), twin: null, attached: null };
});

function titles(change: Partial<LensFacts> = {}): string[] {
  return lenses({ ...facts, ...change }).map(({ element, title }) => `${element.name}: ${title}`);
}

test('what is drawn can be opened, a scenario can be run, a twin can be attached', () => {
  expect(titles()).toEqual([
    'Order: Open diagram',
    'Pack: Open diagram',
    'Buy: Open diagram',
    'Production: Open diagram',
    'Order: Debug',
    'Buy: Debug',
    'Weekday: Run',
    'Weekday: Run live',
    'Live: Attach',
  ]);
});

test('whatever has a diagram can be opened, and nothing else', () => {
  const opened = lenses(facts).filter(({ command }) => command === 'pollux.openDiagram');
  expect(opened.map(({ element }) => element.id)).toEqual(diagramsOf(facts.model).map(({ element }) => element));
  expect(facts.model.activities.length).toBeGreaterThan(0);
});

test('a lens carries what its command needs', () => {
  const run = lenses(facts).find(({ title }) => title === 'Run');
  expect([run?.command, run?.arguments]).toEqual(['pollux.runScenario', [facts.uri, 'shop.Weekday']]);
});

test('the attached twin can be detached', () => {
  expect(titles({ attached: 'shop.Live' })).toContain('Live: Detach');
});

test('elements of an imported text get their lenses there', () => {
  const elsewhere = JSON.parse(JSON.stringify(facts.model).replaceAll(facts.uri, 'file:///other.twin')) as Model;
  expect(titles({ model: elsewhere })).toEqual([]);
});

test('each scenario tells how its own last run went, and leads to the figures that are shown', () => {
  const run = { summary: 'last run: expectations met, 10 replications', isShown: true, fellShort: false };
  const tell = (change: Partial<typeof run>) =>
    lenses({ ...facts, lastRuns: new Map([['shop.Weekday', { ...run, ...change }]]) }).find(
      ({ title }) => title === run.summary,
    );
  expect([tell({})?.element.name, tell({})?.command]).toEqual(['Weekday', 'pollux.showResults']);
  expect(tell({ isShown: false })).toBeDefined();
  expect(tell({ isShown: false })?.command).toBeUndefined();
  expect(titles({ lastRuns: new Map([['shop.Other', run]]) })).toEqual(titles());
});

test('a scenario that missed something can be asked what it would take', () => {
  const run = { summary: 'last run', isShown: true, fellShort: true };
  const asked = lenses({ ...facts, lastRuns: new Map([['shop.Weekday', run]]) }).find(
    ({ title }) => title === 'What would it take?',
  );
  expect([asked?.command, asked?.arguments]).toEqual(['pollux.explainScenario', [facts.uri, 'shop.Weekday']]);
  expect(titles({ lastRuns: new Map([['shop.Weekday', { ...run, fellShort: false }]]) })).not.toContain(
    'Weekday: What would it take?',
  );
});

const met = { verdict: 'met', text: 'errors(Buy) < 1 %', value: 0.001, lower: 0, upper: 0.002, unit: '1' };
const missed = { verdict: 'missed', text: 'p95(Buy) < 400 ms', value: 0.512, lower: 0.506, upper: 0.518, unit: 's' };
const undecided = { ...missed, verdict: 'undecided', text: 'p99(Buy) < 2 s', value: null };

test.each([
  [
    'what was missed, with its figure',
    [undecided, met, missed],
    '1 of 3 expectations met; p95(Buy) < 400 ms missed with 512 ± 6 ms',
  ],
  ['what stays undecided', [met, undecided], '1 of 2 expectations met; p99(Buy) < 2 s undecided'],
  ['that all is met', [met], 'expectations met, 10 replications'],
  ['how much was done where nothing is expected', [], '14\u202f688 of 14\u202f700 finished, 10 replications'],
])('the summary of a run tells %s', (_, expectations, expected) => {
  const counters = { started: 14_700, finished: 14_688 };
  expect(summaryOf({ replications: 10, expectations, counters } as unknown as SimulationResult)).toBe(
    `last run: ${expected}`,
  );
});

test('a machine tells how many instances live and what contradicts it', () => {
  const divergences = [
    { element: 'shop.Order.Created', status: 'open' },
    { element: 'shop.Order.Created', status: 'resolved' },
    { element: 'shop.OrderArchive', status: 'open' },
  ] as Divergence[];
  const twin = { figures: { 'shop.Order': { total: 571, instances: 39 } }, divergences } as unknown as TwinState;
  expect(titles({ twin })).toContain('Order: 39 live, 571 seen, 1 divergence');
});
