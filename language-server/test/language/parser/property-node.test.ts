/** The search for a property's place finds what the library's own finds. */
import { AstUtils, EmptyFileSystem, GrammarUtils } from 'langium';
import { expect, test } from 'vitest';
import { propertyNode } from '../../../src/language/parser/property-node.ts';
import { createTwinServices } from '../../../src/language/services.ts';
import { shopText } from '../../shop-text.ts';

const { LangiumParser } = createTwinServices(() => EmptyFileSystem.fileSystemProvider()).parser;

test.each([
  ['a sound text', shopText],
  ['a broken text', shopText.replaceAll('initial ->', 'initial').replaceAll(') {', ')')],
])('in %s', (_, text) => {
  let compared = 0;
  for (const node of AstUtils.streamAst(LangiumParser.parse(text).value)) {
    for (const property of [...Object.keys(node), 'missing']) {
      for (const index of [undefined, 0, 1, 2, 50]) {
        expect(
          propertyNode(node.$cstNode, property, index) ===
            GrammarUtils.findNodeForProperty(node.$cstNode, property, index),
        ).toBe(true);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(1000);
});
