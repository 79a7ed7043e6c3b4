/** The code of a finding is a link to its page, where the client has the pages. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { connect } from './client.ts';

async function diagnosticsOf(text: string, options: object): Promise<readonly Diagnostic[]> {
  const client = await connect(options);
  const uri = 'file:///model.twin';
  const ofFile = () => client.published.filter((item) => item.uri === uri).at(-1)?.diagnostics ?? [];
  await client.open(uri, text);
  await client.until(() => ofFile().length > 0);
  client.close();
  return ofFile();
}

const unfinished = 'machine M { state A }';

test('codes lead to files that are there', async () => {
  const problemPages = new URL('../../../docs/problems/', import.meta.url).href;
  const [diagnostic] = await diagnosticsOf(unfinished, { problemPages });
  const href = diagnostic?.codeDescription?.href ?? '';
  expect(href).toBe(`${problemPages}${diagnostic?.code}.md`);
  expect(existsSync(fileURLToPath(href))).toBe(true);
});

test('a client without pages gets no links', async () => {
  const [diagnostic] = await diagnosticsOf(unfinished, {});
  expect(diagnostic?.code).toBe('missing-initial');
  expect(diagnostic?.codeDescription).toBeUndefined();
});

test('what else a client sends at the start is no obstacle', async () => {
  const [diagnostic] = await diagnosticsOf(unfinished, { problemPages: 7 });
  expect(diagnostic?.codeDescription).toBeUndefined();
});
