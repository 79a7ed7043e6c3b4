/** A file that is folded and looked into again is as it was read. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type AstNode, EmptyFileSystem, type ParseResult } from 'langium';
import { describe, expect, test } from 'vitest';
import { compactTree } from '../../../src/language/parser/compact-tree.ts';
import { fold } from '../../../src/language/parser/folded-tree.ts';
import { Unwritten, Written } from '../../../src/language/parser/numbers-in-bytes.ts';
import { createTwinServices } from '../../../src/language/services.ts';
import { damages } from '../../bulk/damaged-texts.ts';
import { told } from './told-tree.ts';

const { LangiumParser } = createTwinServices(() => EmptyFileSystem.fileSystemProvider()).parser;

function compacted(text: string): ParseResult {
  const result = LangiumParser.parse(text);
  return { ...result, value: compactTree(result.value) };
}

const samples = ['shop/shop', 'hospital/hospital', 'warehouse/warehouse', 'train-ticket/train-ticket'];
const place = (node: AstNode) => (node as unknown as { readonly $place: unknown }).$place;

describe.each(samples)('%s', (name) => {
  const text = readFileSync(new URL(`../../../../samples/${name}.twin`, import.meta.url), 'utf8');

  test('says the same in less room', () => {
    expect(told(compacted(text))).toBe(told(LangiumParser.parse(text)));
  });

  test('says the same after it was folded, as often as that is done', () => {
    const result = compacted(text);
    const before = told(result);
    let unfoldings = 0;
    for (let round = 1; round <= 3; round++) {
      expect(fold(result.value, () => unfoldings++)).toBe(true);
      expect(place(result.value)).toBe(0);
      expect(told(result)).toBe(before);
      expect(unfoldings).toBe(round);
    }
  });
});

test.each(Object.entries(damages))('the same of %s texts', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      const result = compacted(text);
      const before = told(result);
      expect(before).toBe(told(LangiumParser.parse(text)));
      fold(result.value, () => {});
      expect(told(result)).toBe(before);
    }),
    { numRuns: 60 },
  );
});

test('a file that is folded already stays so', () => {
  const { value } = compacted('signal Go');
  fold(value, () => {});
  expect(fold(value, () => {})).toBe(false);
  expect(value.$cstNode?.text).toBe('signal Go');
});

test('numbers come back in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 30), max: 2 ** 30 - 1 })), (numbers) => {
      const written = new Written();
      for (const number of numbers) {
        written.addSigned(number);
        written.add(Math.abs(number));
      }
      const bytes = new Unwritten(written.bytes);
      for (const number of numbers) {
        expect(bytes.nextSigned()).toBe(number);
        expect(bytes.next()).toBe(Math.abs(number));
      }
    }),
  );
});
