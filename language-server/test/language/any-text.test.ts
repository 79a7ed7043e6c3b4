/** Laws that hold for every text. */
import { allElements, type Model } from '@pollux/engine/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { shopText } from '../shop-text.ts';

const words = [...new Set(shopText.match(/\w+|[^\s\w]+/g) ?? [])];

/** The sample with some of its stretches cut out, doubled or replaced. */
const mutated = fc
  .array(fc.record({ at: fc.nat(shopText.length), length: fc.nat(40), word: fc.constantFrom('', ...words) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((edits) =>
    edits.reduce((text, { at, length, word }) => `${text.slice(0, at)} ${word} ${text.slice(at + length)}`, shopText),
  );

const truncated = fc.nat(shopText.length).map((length) => shopText.slice(0, length));
const babble = fc.array(fc.constantFrom(...words, '\n'), { maxLength: 80 }).map((list) => list.join(' '));

async function survives(text: string): Promise<void> {
  const { model, problems } = await modelOf(text);
  expect(model).not.toBeNull();
  for (const { message, place } of problems) {
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    expect(place.end.line).toBeGreaterThanOrEqual(place.start.line);
  }
  const ids = [...allElements(model as Model)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  structuredClone(model);
}

describe('parsing, checking and lowering never throw, and ids stay unique', () => {
  test('on a truncated model', () => fc.assert(fc.asyncProperty(truncated, survives), { numRuns: 60 }), 60_000);
  test('on a damaged model', () => fc.assert(fc.asyncProperty(mutated, survives), { numRuns: 80 }), 60_000);
  test(
    'on babble in the words of the language',
    () => fc.assert(fc.asyncProperty(babble, survives), { numRuns: 200 }),
    60_000,
  );
  test(
    'on any characters',
    () => fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), survives), { numRuns: 100 }),
    60_000,
  );
});

test('the same text gives the same model, to the last byte', async () => {
  const models = await Promise.all([modelOf(shopText), modelOf(shopText)]);
  expect(JSON.stringify(models[0].model)).toBe(JSON.stringify(models[1].model));
});
