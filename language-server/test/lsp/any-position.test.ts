/** The editing features answer, or say nothing, at every position of every text. They never throw. */
import fc from 'fast-check';
import { EmptyFileSystem } from 'langium';
import { clearDocuments, parseHelper } from 'langium/test';
import { expect, test } from 'vitest';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { shopText } from '../shop-text.ts';

const { twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);
const words = [...new Set(shopText.match(/\w+|[^\s\w]+/g) ?? [])];

const damaged = fc.record({
  at: fc.nat(shopText.length),
  length: fc.nat(30),
  word: fc.constantFrom('', ...words),
  cursor: fc.integer({ min: -20, max: 20 }),
});

test('on damaged models, around the damage', async () => {
  const property = fc.asyncProperty(damaged, async ({ at, length, word, cursor }) => {
    const text = `${shopText.slice(0, at)} ${word} ${shopText.slice(at + length)}`;
    const document = await parse(text);
    const textDocument = { uri: document.uri.toString() };
    const position = document.textDocument.positionAt(Math.max(0, at + word.length + cursor));
    const { lsp } = twin;
    const list = await lsp.CompletionProvider?.getCompletion(document, { textDocument, position });
    for (const { label } of list?.items ?? []) expect(label).not.toMatch(/undefined|\[object/);
    await lsp.HoverProvider?.getHoverContent(document, { textDocument, position });
    await lsp.DefinitionProvider?.getDefinition(document, { textDocument, position });
    await lsp.ReferencesProvider?.findReferences(document, {
      textDocument,
      position,
      context: { includeDeclaration: true },
    });
    await lsp.RenameProvider?.rename(document, { textDocument, position, newName: 'other' });
    await lsp.DocumentSymbolProvider?.getSymbols(document, { textDocument });
    await lsp.FoldingRangeProvider?.getFoldingRanges(document, { textDocument });
    await lsp.SemanticTokenProvider?.semanticHighlight(document, { textDocument });
    await clearDocuments(twin);
  });
  // The first one stands at a name that the language brings along.
  await fc.assert(property, { numRuns: 60, examples: [[{ at: 5672, length: 0, word: '', cursor: 0 }]] });
}, 60_000);
