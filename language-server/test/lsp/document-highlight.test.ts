/** A name's uses in its file: `<…>` where it gets a value, `[…]` where it is read, `{…}` where it is declared without a value. */
import { clearDocuments } from 'langium/test';
import { afterEach, describe, expect, test } from 'vitest';
import { DocumentHighlightKind } from 'vscode-languageserver';
import { marked, twin } from './marked.ts';

afterEach(() => clearDocuments(twin));

const brackets: Readonly<Record<number, readonly [string, string]>> = {
  [DocumentHighlightKind.Text]: ['{', '}'],
  [DocumentHighlightKind.Read]: ['[', ']'],
  [DocumentHighlightKind.Write]: ['<', '>'],
};

async function highlighted(text: string): Promise<string> {
  const { document, ...params } = await marked(text);
  const found = (await twin.lsp.DocumentHighlightProvider?.getDocumentHighlight(document, params)) ?? [];
  const { textDocument } = document;
  const ordered = found.toSorted((a, b) => textDocument.offsetAt(b.range.start) - textDocument.offsetAt(a.range.start));
  return ordered.reduce((shown, { range, kind }) => {
    const [start, end] = [textDocument.offsetAt(range.start), textDocument.offsetAt(range.end)];
    const [open, close] = brackets[kind ?? 1] ?? ['?', '?'];
    return `${shown.slice(0, start)}${open}${shown.slice(start, end)}${close}${shown.slice(end)}`;
  }, textDocument.getText());
}

describe('highlights tell', () => {
  test.each([
    [
      'writing of a variable from reading it',
      'machine M { var n|: Integer = 0 state A { entry / { n = n + 1 n += n } } }',
      'machine M { var <n>: Integer = 0 state A { entry / { <n> = [n] + 1 <n> += [n] } } }',
    ],
    [
      'the variable that takes a reply',
      'component C { operation f(): Boolean } interaction I { var ok: Boolean actor a lifeline c: C o|k = a -> c.f() opt [ok] { } }',
      'component C { operation f(): Boolean } interaction I { var <ok>: Boolean actor a lifeline c: C <ok> = a -> c.f() opt [[ok]] { } }',
    ],
    [
      'an argument by name as giving its parameter a value',
      'signal S(a|mount: Real) machine M { state A { entry / raise S(amount: 3) } }',
      'signal S(<amount>: Real) machine M { state A { entry / raise S(<amount>: 3) } }',
    ],
    [
      'a name that a trigger binds, and no equal name elsewhere',
      'signal P(ok: Boolean) machine M { state A { on P(ok) [o|k] -> A on P(ok) [not ok] -> A } }',
      'signal P(ok: Boolean) machine M { state A { on P(<ok>) [[ok]] -> A on P(ok) [not ok] -> A } }',
    ],
    [
      'what the text of a log reads',
      'machine M(i|d: String) { state A { entry / log "order {id} of {ids}" } }',
      'machine M(<id>: String) { state A { entry / log "order {[id]} of {ids}" } }',
    ],
    [
      'an attribute that is replaced from the variable that leads to it',
      'data D { n|: Real } machine M(d: D) { state A { entry / d.n = d.n + 1 } }',
      'data D { <n>: Real } machine M(d: D) { state A { entry / d.<n> = d.[n] + 1 } }',
    ],
    [
      'a state by its targets',
      'machine M { initial -> A state A| { after 3 s -> A } }',
      'machine M { initial -> [A] state {A} { after 3 s -> [A] } }',
    ],
    [
      'an operation by its calls and bindings',
      'component C { operation f() } interaction I { actor a lifeline c: C a -> c.f|() } twin T { C.f = span "f" }',
      'component C { operation {f}() } interaction I { actor a lifeline c: C a -> c.[f]() } twin T { C.<f> = span "f" }',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await highlighted(text)).toBe(expected);
  });

  test('nothing of what the language itself offers, nor between words', async () => {
    const text = 'machine M { state A { when (elap|sed > 3 s) -> A } }';
    expect(await highlighted(text)).toBe(text.replace('|', ''));
    expect(await highlighted('machine M {  |  }')).toBe('machine M {    }');
  });
});
