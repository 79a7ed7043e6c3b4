import type { Model } from '@pollux/engine/model';
import type { SimulationResult } from '@pollux/engine/simulation';
import type { Divergence, TwinState } from '@pollux/engine/twin';
import { modelOf } from '@pollux/language-server/language';
import { beforeAll, expect, test } from 'vitest';
import { type LensFacts, lenses } from '../../src/lenses.ts';

const text = `package shop
signal Pay
machine Order(id: String) {
  initial -> Created
  state Created { on Pay -> Paid }
  final Paid
}
component Web { operation buy(id: String) takes exp(4 ms) }
interaction Buy(id: String) { actor customer lifeline web: Web customer -> web.buy(id) }
deployment Production { node edge { cores 2 deploy Web } }
scenario Weekday of Production { load Buy(id: "x") at 12/s run 10 min replications 10 seed 42 expect p95(Buy) < 400 ms }
twin Live of Production { source otlp on 4318 }
`;
let facts: LensFacts;

beforeAll(async () => {
  const { model } = await modelOf(text);
  if (model === null) throw new Error('the fixture has no model');
  facts = { uri: model.uri, model, result: null, twin: null, attached: null };
});

function titles(change: Partial<LensFacts> = {}): string[] {
  return lenses({ ...facts, ...change }).map(({ element, title }) => `${element.name}: ${title}`);
}

test('what is drawn can be opened, a scenario can be run, a twin can be attached', () => {
  expect(titles()).toEqual([
    'Order: Open diagram',
    'Buy: Open diagram',
    'Production: Open diagram',
    'Weekday: Run',
    'Live: Attach',
  ]);
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

test('a scenario tells how its last run went', () => {
  const expectations = [{ verdict: 'met' }, { verdict: 'missed' }, { verdict: 'undecided' }];
  const result = { scenario: 'shop.Weekday', replications: 10, expectations } as unknown as SimulationResult;
  expect(titles({ result })).toContain('Weekday: last run: 1 of 3 expectations met, 10 replications');
  expect(titles({ result: { ...result, scenario: 'shop.Other' } })).toEqual(titles());
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
