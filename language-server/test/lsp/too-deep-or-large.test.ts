/** Texts beyond the limits of reading: every editing feature answers, none with an error. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let files = 0;
beforeAll(async () => {
  workspace = await openWorkspace({});
});
afterAll(() => workspace.close());

const value = (text: string) => `signal S\nmachine M { var x: Boolean = ${text}  initial -> A  state A { } }`;

const texts: [string, string, string[]][] = [
  ['too many parentheses', value(`${'('.repeat(3000)}true${')'.repeat(3000)}`), ['S', 'M']],
  [
    'too many states',
    `signal S\nmachine M { ${'initial -> A state A { '.repeat(3000)}${'} '.repeat(3001)}`,
    ['S', 'M'],
  ],
  ['brackets that are never closed', `signal S\nmachine M ${'{ '.repeat(3000)}`, ['S', 'M']],
  ['brackets that were never opened', `signal S\nmachine M { ${'} '.repeat(3000)}`, ['S', 'M']],
  ['a chain of `not`', value(`${'not '.repeat(3000)}true`), ['S', 'M']],
  ['a chain of `else if`', value(`${'if true then true else '.repeat(3000)}true`), ['S', 'M']],
  ['ten megabytes', `signal S //${' '.repeat(10_000_000)}`, []],
];

const position = { line: 1, character: 40 };
const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 60 } };
const requests: [string, object][] = [
  ['textDocument/documentSymbol', {}],
  ['textDocument/foldingRange', {}],
  ['textDocument/semanticTokens/full', {}],
  ['textDocument/documentLink', {}],
  ['textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }],
  ['textDocument/hover', { position }],
  ['textDocument/definition', { position }],
  ['textDocument/documentHighlight', { position }],
  ['textDocument/completion', { position }],
  ['textDocument/selectionRange', { positions: [position] }],
  ['textDocument/inlayHint', { range }],
  ['textDocument/codeAction', { range, context: { diagnostics: [] } }],
  ['textDocument/references', { position, context: { includeDeclaration: true } }],
];

describe.each(texts)('with %s', (_, text, intact) => {
  let uri: string;
  beforeAll(async () => {
    uri = workspace.uri(`file${files++}.twin`);
    await workspace.client.open(uri, text);
    await workspace.client.request('textDocument/documentSymbol', { textDocument: { uri } });
  }, 20_000);

  test('the outline keeps what is intact', async () => {
    const outline = await workspace.client.request<{ name: string }[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(outline.map(({ name }) => name)).toEqual(intact);
  });

  test.each(requests)('%s is answered', async (method, parameters) => {
    const answer = workspace.client.request(method, { textDocument: { uri }, ...parameters });
    await expect(answer).resolves.toBeDefined();
  });
});
