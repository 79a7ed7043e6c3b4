/** Code actions over the protocol: what a client asks and gets. */

import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { connect } from './client.ts';

test('a client knows which kinds of code actions there are', async () => {
  const client = await connect();
  client.close();
  expect(client.offers.codeActionProvider).toEqual({
    codeActionKinds: ['quickfix', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source.fixAll'],
  });
});

test('a client is told how to mend what it shows', async () => {
  const client = await connect();
  const uri = 'file:///model.twin';
  await client.open(uri, 'machine M { state A }');
  await client.until(() => client.published.some((item) => item.diagnostics.length > 0));
  const position = { line: 0, character: 8 };
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  client.close();
  const [action] = actions.filter(({ isPreferred }) => isPreferred);
  expect(action?.diagnostics?.map(({ code }) => code)).toEqual(['missing-initial']);
  expect(action?.edit?.changes?.[uri]).toEqual([
    { range: { start: { line: 0, character: 11 }, end: { line: 0, character: 11 } }, newText: ' initial -> A' },
  ]);
});
