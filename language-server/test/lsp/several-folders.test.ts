/** A workspace of several folders, which come and go while the server runs. */
import { afterEach, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
afterEach(() => workspace.close());

const files = {
  'shop/shop.twin': 'package shop import "../base/types.twin"\nmachine M { initial -> A state A { on Go -> A } }',
  'base/types.twin': 'package base signal Go',
  'base/unused.twin': 'package unused signal Unused',
};

async function symbols(query: string): Promise<string[]> {
  const found = await workspace.client.request<{ name: string }[]>('workspace/symbol', { query });
  return found.map(({ name }) => name);
}

async function change(event: { added?: string[]; removed?: string[] }): Promise<void> {
  const folders = (names: string[] = []) => names.map((name) => ({ uri: workspace.uri(name), name }));
  await workspace.client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: folders(event.added), removed: folders(event.removed) },
  });
}

test('files of all folders are known', async () => {
  workspace = await openWorkspace(files, { folders: ['shop', 'base'] });
  expect(await symbols('Go')).toEqual(['Go']);
  expect(await symbols('Unused')).toEqual(['Unused']);
  expect(await symbols('M')).toContain('M');
});

test('a folder that is added brings its files, with their findings', async () => {
  workspace = await openWorkspace({ ...files, 'base/broken.twin': 'signal' }, { folders: ['shop'] });
  expect(await symbols('Unused')).toEqual([]);
  await change({ added: ['base'] });
  await workspace.until('base/broken.twin', (messages) => messages.length > 0);
  expect(await symbols('Unused')).toEqual(['Unused']);
});

test('a folder that is removed takes its files along, but for those that others import or that are open', async () => {
  workspace = await openWorkspace({ ...files, 'base/open.twin': 'signal' }, { folders: ['shop', 'base'] });
  await workspace.client.open(workspace.uri('base/open.twin'), 'signal Opened signal Unknown');
  await workspace.client.open(workspace.uri('shop/shop.twin'), files['shop/shop.twin']);
  await workspace.until('base/unused.twin', () => true);
  const before = workspace.client.published.length;
  await change({ removed: ['base'] });
  const cleared = () =>
    workspace.client.published.slice(before).some(({ uri }) => uri === workspace.uri('base/unused.twin'));
  await workspace.client.until(cleared);
  expect(await symbols('Unused')).toEqual([]);
  expect(await symbols('Opened')).toEqual(['Opened']);
  expect((await workspace.client.model(workspace.uri('shop/shop.twin'))).broken).toBeUndefined();
});

test('a folder inside another one keeps its files when it is removed', async () => {
  workspace = await openWorkspace({ 'all/sub/a.twin': 'signal A', 'all/b.twin': '' }, { folders: ['all', 'all/sub'] });
  expect(await symbols('A')).toEqual(['A']);
  await change({ removed: ['all/sub'], added: [] });
  expect(await symbols('A')).toEqual(['A']);
});
