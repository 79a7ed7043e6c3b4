/** The quick searches for places find what the library's own find. */
import { AstUtils, CstUtils, EmptyFileSystem, GrammarUtils } from 'langium';
import { describe, expect, test } from 'vitest';
import { propertyNode } from '../../../src/language/parser/property-node.ts';
import { writtenRange } from '../../../src/language/parser/written-range.ts';
import { createTwinServices } from '../../../src/language/services.ts';
import { shopText } from '../../shop-text.ts';

const { LangiumParser } = createTwinServices(() => EmptyFileSystem.fileSystemProvider()).parser;

describe.each([
  ['a sound text', shopText],
  ['a broken text', shopText.replaceAll('initial ->', 'initial').replaceAll(') {', ')')],
])('in %s', (_, text) => {
  const { value } = LangiumParser.parse(text);

  test('of a property', () => {
    const indices = [undefined, 0, 1, 2, 50];
    const asked = AstUtils.streamAst(value)
      .toArray()
      .flatMap(({ $cstNode, ...node }) =>
        [...Object.keys(node), 'missing'].map((property) => ({ $cstNode, property })),
      );
    expect(asked.length).toBeGreaterThan(1000);
    const differing = asked.filter(({ $cstNode, property }) =>
      indices.some(
        (index) =>
          propertyNode($cstNode, property, index) !== GrammarUtils.findNodeForProperty($cstNode, property, index),
      ),
    );
    expect(differing.map(({ property }) => property)).toEqual([]);
  });

  test('of a node', () => {
    const nodes = AstUtils.streamAst(value)
      .toArray()
      .flatMap(({ $cstNode }) => ($cstNode === undefined ? [] : CstUtils.streamCst($cstNode).toArray()));
    expect(nodes.length).toBeGreaterThan(1000);
    expect(nodes.map(writtenRange)).toEqual(nodes.map(({ range }) => range));
  });
});
