/** The quick walk finds the nodes that the library's own finds. */
import { AstUtils, EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { descendantsOf } from '../../../src/language/links/descendants.ts';
import { createTwinServices } from '../../../src/language/services.ts';
import { shopText } from '../../shop-text.ts';

const { LangiumParser } = createTwinServices(() => EmptyFileSystem.fileSystemProvider()).parser;

test.each([
  ['a sound text', shopText],
  ['a broken text', shopText.replaceAll('initial ->', 'initial').replaceAll(') {', ')')],
])('in %s, in the same order', (_, text) => {
  const { value } = LangiumParser.parse(text);
  const found = descendantsOf(value);
  const streamed = AstUtils.streamAllContents(value).toArray();
  expect(streamed.length).toBeGreaterThan(300);
  expect(found.length).toBe(streamed.length);
  expect(found.findIndex((node, index) => node !== streamed[index])).toBe(-1);
});
