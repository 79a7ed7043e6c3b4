/** Imports and other paths follow the files that are moved in the editor. */
import { afterEach, describe, expect, test } from 'vitest';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { openWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
afterEach(() => workspace.close());

/** What the paths of each file read after the move; files without an edit are left out. */
async function afterMove(
  files: Readonly<Record<string, string>>,
  moves: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  workspace = await openWorkspace(files);
  const edit = await workspace.client.request<WorkspaceEdit | null>('workspace/willRenameFiles', {
    files: Object.entries(moves).map(([from, to]) => ({ oldUri: workspace.uri(from), newUri: workspace.uri(to) })),
  });
  const named = new Map(Object.keys(files).map((name) => [workspace.uri(name), name]));
  return Object.fromEntries(
    Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
      const name = named.get(uri) ?? uri;
      return [name, apply(files[name] ?? '', edits)];
    }),
  );
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  for (const { range, newText } of [...edits].sort((a, b) => b.range.start.character - a.range.start.character)) {
    const line = lines[range.start.line] ?? '';
    lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
  }
  return lines.join('\n');
}

describe('imports follow', () => {
  test('a file that gets another name', async () => {
    expect(
      await afterMove(
        {
          'main.twin': 'package m\nimport "types.twin"\nsignal A',
          'other.twin': 'import "./types.twin"',
          'types.twin': '',
        },
        { 'types.twin': 'signals.twin' },
      ),
    ).toEqual({
      'main.twin': 'package m\nimport "signals.twin"\nsignal A',
      'other.twin': 'import "./signals.twin"',
    });
  });

  test('a file that goes into a folder, which itself imports', async () => {
    expect(
      await afterMove(
        {
          'main.twin': 'import "a.twin"',
          'a.twin': 'import "b.twin" import "sub/c.twin"',
          'b.twin': '',
          'sub/c.twin': '',
        },
        { 'a.twin': 'sub/a.twin' },
      ),
    ).toEqual({ 'main.twin': 'import "sub/a.twin"', 'a.twin': 'import "../b.twin" import "c.twin"' });
  });

  test('a folder with all that is in it', async () => {
    expect(
      await afterMove(
        {
          'main.twin': 'import "base/a.twin"',
          'base/a.twin': 'import "b.twin"\nimport "../c.twin"',
          'base/b.twin': '',
          'c.twin': '',
        },
        { base: 'deep/er' },
      ),
    ).toEqual({ 'main.twin': 'import "deep/er/a.twin"', 'base/a.twin': 'import "b.twin"\nimport "../../c.twin"' });
  });

  test('files that move together', async () => {
    expect(
      await afterMove(
        { 'a.twin': 'import "b.twin"', 'b.twin': '', 'c.twin': 'import "a.twin" import "b.twin"' },
        { 'a.twin': 'sub/a.twin', 'b.twin': 'sub/b.twin' },
      ),
    ).toEqual({ 'c.twin': 'import "sub/a.twin" import "sub/b.twin"' });
  });

  test('two files that change places', async () => {
    expect(
      await afterMove(
        { 'main.twin': 'import "a.twin"', 'a.twin': '', 'b.twin': '' },
        { 'a.twin': 'b.twin', 'b.twin': 'a.twin' },
      ),
    ).toEqual({ 'main.twin': 'import "b.twin"' });
  });

  test('a name that differs in upper and lower case only', async () => {
    expect(
      await afterMove({ 'main.twin': 'import "types.twin"', 'types.twin': '' }, { 'types.twin': 'Types.twin' }),
    ).toEqual({ 'main.twin': 'import "Types.twin"' });
  });

  test('a name with a blank and letters beyond ASCII', async () => {
    expect(
      await afterMove({ 'main.twin': 'import "types.twin"', 'types.twin': '' }, { 'types.twin': 'Größe 1.twin' }),
    ).toEqual({ 'main.twin': 'import "Größe 1.twin"' });
  });

  test('nothing where a name only begins alike', async () => {
    expect(
      await afterMove({ 'main.twin': 'import "base2/a.twin"', 'base2/a.twin': '', 'base/a.twin': '' }, { base: 'new' }),
    ).toEqual({});
  });
});

test('recordings and tables are followed like imports, and keep their place when the model moves', async () => {
  const text = `twin T { source file "records/*.jsonl" }
scenario S { load I replay "peak.csv" }
machine M { initial -> A state A { after empirical("data/latency.csv") -> A } }`;
  const files = { 'main.twin': text, 'peak.csv': '', 'data/latency.csv': '' };
  expect(await afterMove(files, { 'peak.csv': 'data/peak.csv', 'data/latency.csv': 'data/old/latency.csv' })).toEqual({
    'main.twin': text.replace('peak.csv', 'data/peak.csv').replace('data/latency.csv', 'data/old/latency.csv'),
  });
  workspace.close();
  expect(await afterMove(files, { 'main.twin': 'models/main.twin' })).toEqual({
    'main.twin': text
      .replace('records/', '../records/')
      .replace('peak.csv', '../peak.csv')
      .replace('data/latency.csv', '../data/latency.csv'),
  });
});

test('the edits are made to the text as it stands in the editor', async () => {
  workspace = await openWorkspace({ 'main.twin': '', 'types.twin': '' });
  await workspace.client.open(workspace.uri('main.twin'), '\n\nimport "types.twin"');
  const edit = await workspace.client.request<WorkspaceEdit>('workspace/willRenameFiles', {
    files: [{ oldUri: workspace.uri('types.twin'), newUri: workspace.uri('new.twin') }],
  });
  expect(edit.changes?.[workspace.uri('main.twin')]?.[0]).toMatchObject({
    range: { start: { line: 2, character: 8 } },
  });
});

test('after a folder was moved, its files are known at their new place and not at the old one', async () => {
  workspace = await openWorkspace({ 'base/a.twin': 'signal InBase' });
  workspace.remove('base');
  workspace.write('moved/a.twin', 'signal InBase');
  await workspace.client.notify('workspace/didRenameFiles', {
    files: [{ oldUri: workspace.uri('base'), newUri: workspace.uri('moved') }],
  });
  const found = await workspace.client.request<{ location: { uri: string } }[]>('workspace/symbol', {
    query: 'InBase',
  });
  expect(found.map(({ location }) => location.uri)).toEqual([workspace.uri('moved/a.twin')]);
});
