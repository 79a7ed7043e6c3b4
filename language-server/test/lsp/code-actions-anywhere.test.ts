/** Code actions answer, or offer nothing, wherever a text is damaged; what they offer can be applied and breaks no grammar. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver';
import { shopText } from '../shop-text.ts';
import { type Opened, open, taken } from './code-actions.ts';

const words = [...new Set(shopText.match(/\w+|[^\s\w]+/g) ?? [])];
const damaged = fc.record({
  at: fc.nat(shopText.length),
  length: fc.nat(30),
  word: fc.constantFrom('', ...words),
  selected: fc.nat(400),
});

function hasSyntaxErrors({ diagnostics }: Opened): boolean {
  return diagnostics.some(({ code }) => code === 'syntax');
}

/** In the text, the right way round, none over another. */
function expectApplicable(action: CodeAction, opened: Opened): void {
  const edits: readonly TextEdit[] = action.edit?.changes?.['file:///model.twin'] ?? [];
  expect(edits.length, action.title).toBeGreaterThan(0);
  const places = edits
    .map(({ range }) => ({ start: opened.offsetAt(range.start), end: opened.offsetAt(range.end), range }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const [index, { start, end, range }] of places.entries()) {
    expect(start, action.title).toBeLessThanOrEqual(end);
    expect(opened.positionAt(start), action.title).toEqual(range.start);
    expect(opened.positionAt(end), action.title).toEqual(range.end);
    expect(places[index + 1]?.start ?? end, action.title).toBeGreaterThanOrEqual(end);
  }
}

test('on damaged models, around the damage', { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(damaged, async ({ at, length, word, selected }) => {
    const text = `${shopText.slice(0, at)} ${word} ${shopText.slice(at + length)}`;
    const opened = await open({ 'model.twin': text });
    const range = { start: opened.positionAt(at), end: opened.positionAt(at + selected) };
    const whole = { start: opened.positionAt(0), end: opened.positionAt(text.length) };
    const actions = [...(await opened.actions(range)), ...(await opened.actions(whole, ['source.fixAll']))];
    for (const action of actions) {
      expect(`${action.title} ${JSON.stringify(action.edit)}`).not.toMatch(/undefined|\[object|NaN/);
      expectApplicable(action, opened);
    }
    // What one error is taken for depends on what stands around it: only a text without any can be compared.
    for (const action of hasSyntaxErrors(opened) ? [] : actions.slice(0, 2)) {
      const after = await open(taken({ 'model.twin': text }, action));
      expect(hasSyntaxErrors(after), action.title).toBe(false);
    }
  });
  await fc.assert(property, { numRuns: 40 });
});
