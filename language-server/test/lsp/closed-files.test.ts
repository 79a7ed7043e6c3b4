/** What is known of files that nobody has open: all, though they are kept folded. */
import { EmptyFileSystem, type LangiumDocument, TextDocument, URI } from 'langium';
import { afterEach, expect, test, vi } from 'vitest';
import { createTwinLspServices } from '../../src/lsp/services.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const open = 'package open import "closed.twin"\nmachine Parcel { initial -> Here state Here { on Sent -> Here } }\n';
const closed = 'package closed\n/** It is on its way. */\nsignal Sent\n';
const other =
  'package other\nimport "closed.twin"\n\nmachine Letter {\n  initial -> There\n  state There { on Sent -> There }\n}\n';

let workspace: Workspace | undefined;
afterEach(() => {
  workspace?.close();
  workspace = undefined;
  vi.useRealTimers();
});

interface Location {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

async function opened(): Promise<Workspace> {
  const there = await openWorkspace({ 'open.twin': open, 'closed.twin': closed, 'other.twin': other });
  workspace = there;
  await there.client.open(there.uri('open.twin'), open);
  await there.until('other.twin', () => true);
  return there;
}

async function asked(there: Workspace): Promise<unknown> {
  const at = { line: 1, character: open.split('\n')[1]?.indexOf('Sent') };
  const where = { textDocument: { uri: there.uri('open.twin') }, position: at };
  const { client } = there;
  const places = (found: readonly Location[] | undefined) =>
    (found ?? [])
      .map(({ uri, range: { start } }) => `${uri.replace(/.*\//, '')} ${start.line}:${start.character}`)
      .sort();
  const links = await client.request<(Location & { targetUri: string; targetSelectionRange: Location['range'] })[]>(
    'textDocument/definition',
    where,
  );
  const uses = await client.request<Location[]>('textDocument/references', {
    ...where,
    context: { includeDeclaration: true },
  });
  const { changes = {} } = await client.request<{ changes?: Record<string, Location[]> }>('textDocument/rename', {
    ...where,
    newName: 'Gone',
  });
  const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', where);
  const symbols = await client.request<{ name: string; location: Location }[]>('workspace/symbol', { query: 'Letter' });
  const outline = await client.request<{ name: string }[]>('textDocument/documentSymbol', {
    textDocument: { uri: there.uri('other.twin') },
  });
  return {
    definition: places(
      links.map((link) => ({ uri: link.targetUri ?? link.uri, range: link.targetSelectionRange ?? link.range })),
    ),
    references: places(uses),
    rename: places(Object.entries(changes).flatMap(([uri, edits]) => edits.map(({ range }) => ({ uri, range })))),
    isDocumented: hover.contents.value.includes('It is on its way.'),
    symbols: places(symbols.map(({ location }) => location)),
    outline: outline.map(({ name }) => name),
  };
}

const answers = (line: number) => ({
  definition: [`closed.twin ${line}:7`],
  references: [`closed.twin ${line}:7`, 'open.twin 1:49', 'other.twin 5:19'],
  rename: [`closed.twin ${line}:7`, 'open.twin 1:49', 'other.twin 5:19'],
  isDocumented: true,
  symbols: ['other.twin 3:8', 'other.twin 5:8'],
  outline: ['Letter'],
});

test('what leads into closed files finds its way, each time', async () => {
  const there = await opened();
  expect(await asked(there)).toEqual(answers(2));
  expect(await asked(there)).toEqual(answers(2));
});

test('a closed file that changes on the disk is read again', async () => {
  const there = await opened();
  await asked(there);
  there.write('closed.twin', closed.replace('\n', '\n\n\n'));
  await there.tell({ 'closed.twin': 'changed' });
  expect(await asked(there)).toEqual(answers(4));
});

const isFolded = ({ parseResult: { value } }: LangiumDocument) =>
  typeof (value as unknown as { readonly $place: unknown }).$place === 'number';

test('a file is folded unless it is open, and again some time after it was looked into', async () => {
  vi.useFakeTimers();
  const { shared } = createTwinLspServices(EmptyFileSystem);
  const { LangiumDocumentFactory, LangiumDocuments, DocumentBuilder, TextDocuments } = shared.workspace;
  TextDocuments.set(TextDocument.create('file:///open.twin', 'twin', 1, open));
  const documents = Object.entries({ open, closed, other }).map(([name, text]) =>
    LangiumDocumentFactory.fromString(text, URI.parse(`file:///${name}.twin`)),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  expect(documents.map(isFolded)).toEqual([false, true, true]);
  await DocumentBuilder.build(documents, { validation: true });
  expect(documents.map(isFolded)).toEqual([false, true, true]);
  expect(documents[1]?.parseResult.value.$cstNode?.text).toContain('signal Sent');
  expect(documents.map(isFolded)).toEqual([false, false, true]);
  vi.advanceTimersByTime(10_000);
  expect(documents.map(isFolded)).toEqual([false, true, true]);
});
