/** Navigation and hints answer, or say nothing, at every position of every text; selections grow at each step. */
import fc from 'fast-check';
import { clearDocuments } from 'langium/test';
import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { shopText } from '../shop-text.ts';
import { marked, twin } from './marked.ts';

const words = [...new Set(shopText.match(/\w+|[^\s\w]+/g) ?? [])];
const damaged = fc.record({
  at: fc.nat(shopText.length),
  length: fc.nat(30),
  word: fc.constantFrom('', ...words),
  cursor: fc.integer({ min: -20, max: 20 }),
});

test('on damaged models, around the damage', async () => {
  const { lsp } = twin;
  const property = fc.asyncProperty(damaged, async ({ at, length, word, cursor }) => {
    const text = `${shopText.slice(0, at)} ${word} ${shopText.slice(at + length)}`;
    const { document, textDocument } = await marked(text);
    const offset = Math.max(0, Math.min(at + word.length + cursor, text.length));
    const position = document.textDocument.positionAt(offset);
    const params = { textDocument, position };
    await lsp.DocumentHighlightProvider?.getDocumentHighlight(document, params);
    await lsp.SignatureHelp?.provideSignatureHelp(document, params);
    for (const item of (await lsp.CallHierarchyProvider?.prepareCallHierarchy(document, params)) ?? []) {
      await lsp.CallHierarchyProvider?.incomingCalls({ item });
      await lsp.CallHierarchyProvider?.outgoingCalls({ item });
    }
    for (const item of (await lsp.TypeHierarchyProvider?.prepareTypeHierarchy(document, params)) ?? []) {
      await lsp.TypeHierarchyProvider?.supertypes({ item });
      await lsp.TypeHierarchyProvider?.subtypes({ item });
    }
    const range = { start: { line: 0, character: 0 }, end: document.textDocument.positionAt(text.length) };
    for (const { label } of (await lsp.InlayHintProvider?.getInlayHints(document, { textDocument, range })) ?? []) {
      expect(label).not.toMatch(/undefined|NaN|\[object/);
    }
    const [selection] = lsp.SelectionRangeProvider.getSelectionRanges(document, {
      textDocument,
      positions: [position],
    });
    for (let inner: SelectionRange | undefined = selection; inner?.parent !== undefined; inner = inner.parent) {
      const [start, end] = [inner, inner.parent].map((each) => document.textDocument.getText(each.range).length) as [
        number,
        number,
      ];
      expect(end).toBeGreaterThan(start);
    }
    expect(document.textDocument.offsetAt(selection?.range.start ?? position)).toBeLessThanOrEqual(offset);
    await clearDocuments(twin);
  });
  await fc.assert(property, { numRuns: 60 });
}, 60_000);
