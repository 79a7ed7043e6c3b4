/** Navigation and hints answer, or say nothing, at every position of every text; selections grow at each step. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { clearDocuments } from 'langium/test';
import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver';
import { marked, twin } from './marked.ts';

const samples = ['shop', 'hospital', 'warehouse', 'train-ticket'].map((name) =>
  readFileSync(new URL(`../../../samples/${name}/${name}.twin`, import.meta.url), 'utf8'),
);
const words = [...new Set(samples.flatMap((text) => text.match(/\w+|[^\s\w]+/g) ?? []))];
const damaged = fc.record({
  sample: fc.constantFrom(...samples),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(30),
  word: fc.constantFrom('', ...words),
  cursor: fc.integer({ min: -20, max: 20 }),
});

/** Some declarations of a sample. */
function pieceOf(sample: string, place: number): { readonly piece: string; readonly at: number } {
  const middle = Math.floor(place * sample.length);
  const start = Math.max(0, sample.lastIndexOf('\n}\n', Math.max(0, middle - 1000)) + 3);
  const end = sample.indexOf('\n}\n', middle + 1000);
  return { piece: sample.slice(start, end === -1 ? undefined : end + 3), at: Math.max(0, middle - start) };
}

test('on damaged models, around the damage', async () => {
  const { lsp } = twin;
  const property = fc.asyncProperty(damaged, async ({ sample, place, length, word, cursor }) => {
    const { piece, at } = pieceOf(sample, place);
    const text = `${piece.slice(0, at)} ${word} ${piece.slice(at + length)}`;
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
  await fc.assert(property, { numRuns: 100 });
}, 60_000);
