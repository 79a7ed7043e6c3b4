import { emptyModel, type Model } from '@pollux/engine/model';
import type { ModelAnswer } from '@pollux/language-server/protocol';
import { beforeEach, expect, test } from 'vitest';
import { locate, type ModelEntry, ModelStore } from '../../src/editing/model-store.ts';

const uri = 'file:///shop.twin';
let answers: Array<Promise<ModelAnswer> | ModelAnswer>;
let asked: number;
let changes: ModelEntry[];
let failures: unknown[];
let now: number;
let store: ModelStore;

beforeEach(() => {
  answers = [];
  asked = 0;
  changes = [];
  failures = [];
  now = 1000;
  store = new ModelStore({
    ask: async () => {
      const answer = answers[asked];
      asked += 1;
      if (answer === undefined) throw new Error('the server is down');
      return answer;
    },
    now: () => now,
    onChange: (entry) => changes.push(entry),
    onFailure: (_, error) => failures.push(error),
  });
});

/** A model that holds one signal, at a line. */
function model(signal: string, line = 0): Model {
  const place = { uri, start: { line, character: 0 }, end: { line, character: 9 } };
  const element = { kind: 'signal', id: `shop.${signal}`, name: signal, place, label: place, attributes: [] } as const;
  return { ...emptyModel(uri, 'shop'), signals: [element] };
}

const broken = { message: 'Expected }', uri, line: 7 };

test('the model of the newest version is kept', async () => {
  answers = [{ uri, version: 1, model: model('Pay') }];
  expect(await store.pull(uri)).toEqual({ uri, version: 1, model: model('Pay'), current: model('Pay') });
});

test('a text with an error keeps the last good model, dated when it was good for the last time', async () => {
  answers = [
    { uri, version: 1, model: model('Pay') },
    { uri, version: 2, model: model('Refund'), broken },
    { uri, version: 3, model: null, broken },
  ];
  await store.pull(uri);
  now = 2000;
  await store.pull(uri);
  now = 3000;
  const entry = await store.pull(uri);
  expect(entry?.model).toEqual(model('Pay'));
  expect(entry?.current).toBeNull();
  expect(entry?.broken).toEqual({ ...broken, since: 1000 });
});

test('a text that was never without an error shows what of it could be read', async () => {
  answers = [{ uri, version: 1, model: model('Pay'), broken }];
  expect((await store.pull(uri))?.model).toEqual(model('Pay'));
});

test('a text that was mended is not broken any more', async () => {
  answers = [
    { uri, version: 1, model: null, broken },
    { uri, version: 2, model: model('Pay') },
  ];
  await store.pull(uri);
  expect((await store.pull(uri))?.broken).toBeUndefined();
});

test('an answer for an older version is dropped', async () => {
  answers = [
    { uri, version: 5, model: model('Pay') },
    { uri, version: 4, model: model('Refund') },
  ];
  await store.pull(uri);
  await store.pull(uri);
  expect(store.get(uri)?.model).toEqual(model('Pay'));
  expect(changes).toHaveLength(1);
});

test('changes that come while the server is asked lead to one more question, not to one each', async () => {
  const first = Promise.withResolvers<ModelAnswer>();
  answers = [first.promise, { uri, version: 4, model: model('Refund') }];
  const pulls = [store.pull(uri), store.pull(uri), store.pull(uri)];
  first.resolve({ uri, version: 1, model: model('Pay') });
  const entries = await Promise.all(pulls);
  expect(asked).toBe(2);
  expect(entries.map((entry) => entry?.version)).toEqual([4, 4, 4]);
});

test('a server that is down leaves the last model standing', async () => {
  answers = [{ uri, version: 1, model: model('Pay') }];
  await store.pull(uri);
  await store.pull(uri);
  expect(failures).toHaveLength(1);
  expect(store.get(uri)?.model).toEqual(model('Pay'));
});

test('a document that was closed while the server was asked stays forgotten', async () => {
  const first = Promise.withResolvers<ModelAnswer>();
  answers = [first.promise];
  const pull = store.pull(uri);
  store.forget(uri);
  first.resolve({ uri, version: 1, model: model('Pay') });
  expect(await pull).toBeNull();
  expect(changes).toEqual([]);
});

test('an element is found where the text has it now, else where the last good model had it', async () => {
  const entry: ModelEntry = { uri, version: 2, model: model('Pay', 3), current: model('Pay', 8) };
  expect(locate(entry, 'shop.Pay')?.place.start.line).toBe(8);
  expect(locate({ ...entry, current: model('Refund') }, 'shop.Pay')?.place.start.line).toBe(3);
  expect(locate(entry, 'shop.Ship')).toBeUndefined();
});
