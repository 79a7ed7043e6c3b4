/** What happens to imported files on the disk reaches the files that import them. */
import { afterEach, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
afterEach(() => workspace.close());

const main = (path: string) => `package main import "${path}"\nmachine M { initial -> A state A { on Go -> A } }`;
const unknown = (messages: string[]) => messages.some((message) => message.includes('`Go`'));
const fine = (messages: string[]) => !messages.some((message) => /`Go`|imports this|There is no/.test(message));

async function openMain(files: Readonly<Record<string, string>>, path: string, folders?: string[]): Promise<void> {
  workspace = await openWorkspace(files, folders === undefined ? {} : { folders });
  await workspace.client.open(workspace.uri('main.twin'), main(path));
}

describe('an imported file that is not open', () => {
  test('is read again when it changes', async () => {
    await openMain({ 'types.twin': 'signal Go' }, 'types.twin');
    await workspace.until('main.twin', fine);
    workspace.write('types.twin', 'signal Went');
    await workspace.tell({ 'types.twin': 'changed' });
    await workspace.until('main.twin', unknown);
    workspace.write('types.twin', 'signal Go');
    await workspace.tell({ 'types.twin': 'changed' });
    await workspace.until('main.twin', fine);
  });

  test('is missed when it is deleted, and found when it comes', async () => {
    await openMain({ 'types.twin': 'signal Go' }, 'types.twin');
    await workspace.until('main.twin', fine);
    workspace.remove('types.twin');
    await workspace.tell({ 'types.twin': 'deleted' });
    await workspace.until('main.twin', (messages) => messages.some((message) => message.includes('There is no file')));
    workspace.write('types.twin', 'signal Go');
    await workspace.tell({ 'types.twin': 'created' });
    await workspace.until('main.twin', fine);
  });

  test('is told to be spelled otherwise when it was renamed so', async () => {
    await openMain({ 'types.twin': 'signal Go' }, 'types.twin');
    await workspace.until('main.twin', fine);
    workspace.remove('types.twin');
    workspace.write('Types.twin', 'signal Go');
    await workspace.tell({ 'types.twin': 'deleted', 'Types.twin': 'created' });
    await workspace.until('main.twin', (messages) => messages.some((message) => message.includes('`"Types.twin"`')));
  });

  test('goes and comes with its folder, of which alone the editor tells', async () => {
    await openMain({ 'base/types.twin': 'signal Go' }, 'base/types.twin');
    await workspace.until('main.twin', fine);
    workspace.remove('base');
    await workspace.tell({ base: 'deleted' });
    await workspace.until('main.twin', unknown);
    workspace.write('base/types.twin', 'signal Go');
    await workspace.tell({ base: 'created' });
    await workspace.until('main.twin', fine);
  });

  test('outside the workspace is watched, checked and read again', async () => {
    await openMain({ 'inside/x.twin': '', 'outside/types.twin': 'signal Go' }, '../outside/types.twin', ['inside']);
    await workspace.client.open(workspace.uri('inside/main.twin'), main('../outside/types.twin'));
    await workspace.until('inside/main.twin', fine);
    const isWatched = () =>
      JSON.stringify(workspace.client.registered).includes(
        JSON.stringify({ baseUri: workspace.uri('outside'), pattern: '*.twin' }),
      );
    await workspace.client.until(isWatched);
    workspace.write('outside/types.twin', 'signal Went signal');
    await workspace.tell({ 'outside/types.twin': 'changed' });
    await workspace.until('inside/main.twin', unknown);
    await workspace.until('outside/types.twin', (messages) => messages.length > 0);
  });

  test('outside the workspace has its own findings from the beginning, and they break the model', async () => {
    workspace = await openWorkspace(
      { 'inside/x.twin': '', 'outside/types.twin': 'signal Go signal' },
      { folders: ['inside'] },
    );
    await workspace.client.open(workspace.uri('inside/main.twin'), main('../outside/types.twin'));
    await workspace.until('outside/types.twin', (messages) => messages.length > 0);
    const { broken } = await workspace.client.model(workspace.uri('inside/main.twin'));
    expect(broken?.uri).toBe(workspace.uri('outside/types.twin'));
  });

  test('that begins to lead back makes a circle known, two files away', async () => {
    await openMain({ 'a.twin': 'package a import "b.twin"', 'b.twin': 'package b signal B' }, 'a.twin');
    await workspace.until('main.twin', unknown);
    workspace.write('main.twin', main('a.twin'));
    workspace.write('b.twin', 'package b import "main.twin"');
    await workspace.tell({ 'b.twin': 'changed' });
    const circle = (messages: string[]) => messages.some((message) => message.includes('main.twin → a.twin → b.twin'));
    await workspace.until('main.twin', circle);
    workspace.write('b.twin', 'package b');
    await workspace.tell({ 'b.twin': 'changed' });
    await workspace.until('main.twin', (messages) => !circle(messages));
  });

  test('that cannot be read any more is said to be what it is now', async () => {
    await openMain({ 'types.twin': 'signal Go' }, 'types.twin');
    await workspace.until('main.twin', fine);
    workspace.remove('types.twin');
    workspace.write('types.twin/inner.twin', '');
    await workspace.tell({ 'types.twin': 'changed' });
    await workspace.until('main.twin', (messages) => messages.some((message) => message.includes('is a folder')));
    const { broken } = await workspace.client.model(workspace.uri('main.twin'));
    expect(broken?.message).toContain('"types.twin/inner.twin"');
  });
});

test('a file that cannot be read does not stop the others from being read', async () => {
  workspace = await openWorkspace({ 'sub.twin/x.txt': '', 'types.twin': 'signal Go' });
  await workspace.client.open(workspace.uri('main.twin'), main('types.twin'));
  await workspace.until('main.twin', fine);
});

test('a file over the limit has one finding of its own, and one at its import', async () => {
  workspace = await openWorkspace({ 'big.twin': `signal Go //${' '.repeat(10_000_000)}` });
  await workspace.client.open(workspace.uri('main.twin'), 'import "big.twin"');
  await workspace.until('main.twin', ([message]) => message?.includes('"big.twin" is not read') === true);
  await workspace.until('big.twin', ([message, ...more]) => more.length === 0 && message?.includes('10.1 MB') === true);
});

describe('an imported file that is open', () => {
  test('counts as it stands in the editor, whatever happens to it on the disk', async () => {
    await openMain({ 'types.twin': 'signal Went' }, 'types.twin');
    await workspace.until('main.twin', unknown);
    await workspace.client.open(workspace.uri('types.twin'), 'signal Go');
    await workspace.until('main.twin', fine);
    workspace.remove('types.twin');
    await workspace.tell({ 'types.twin': 'deleted' });
    expect((await workspace.client.model(workspace.uri('main.twin'))).broken).toBeUndefined();
  });

  test('counts as it stands on the disk again when it is closed unsaved', async () => {
    await openMain({ 'types.twin': 'signal Go' }, 'types.twin');
    await workspace.client.open(workspace.uri('types.twin'), 'signal Went');
    await workspace.until('main.twin', unknown);
    await workspace.client.notify('textDocument/didClose', { textDocument: { uri: workspace.uri('types.twin') } });
    await workspace.until('main.twin', fine);
  });

  test('is missed when it is closed after it was deleted', async () => {
    await openMain({ 'types.twin': 'signal Go' }, 'types.twin');
    await workspace.client.open(workspace.uri('types.twin'), 'signal Go');
    await workspace.until('main.twin', fine);
    workspace.remove('types.twin');
    await workspace.tell({ 'types.twin': 'deleted' });
    await workspace.client.notify('textDocument/didClose', { textDocument: { uri: workspace.uri('types.twin') } });
    await workspace.until('main.twin', unknown);
  });
});

describe('a text that was never saved', () => {
  const uri = 'untitled:Untitled-1';
  const said = () => workspace.client.published.findLast((item) => item.uri === uri)?.diagnostics;

  test('is checked like any other, and forgotten when it is closed', async () => {
    workspace = await openWorkspace({ 'types.twin': 'signal Go' });
    await workspace.client.open(uri, 'import "types.twin"\nmachine M { initial -> Nowhere }');
    await workspace.client.until(() => said()?.some(({ code }) => code === 'unresolved-name') === true);
    expect(said()?.find(({ code }) => code === 'missing-file')?.message).toMatch(/^Save this file first/);
    await workspace.client.notify('textDocument/didClose', { textDocument: { uri } });
    await workspace.client.until(() => said()?.length === 0);
  });
});
