/** The server as a client sees it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shopText } from '../shop-text.ts';
import { type Client, connect } from './client.ts';

let client: Client;
beforeEach(async () => {
  client = await connect();
});
afterEach(() => client.close());

const uri = 'file:///shop.twin';

test('an opened file is checked, and its model can be had', async () => {
  await client.open(uri, shopText);
  const answer = await client.model(uri);
  expect(answer.version).toBe(1);
  expect(answer.model?.machines.map(({ id }) => id)).toEqual(['shop.Order']);
  expect(answer.broken).toBeUndefined();
  await client.until(() => client.changed.length > 0);
  expect(client.changed.at(-1)).toEqual({ uri, version: 1 });
  expect(client.published.at(-1)?.diagnostics.map(({ code }) => code)).toContain('overloaded');
});

test('a syntax error marks the answer as broken and keeps the rest of the model', async () => {
  await client.open(uri, shopText);
  await client.change(uri, 2, shopText.replace('on Cancel -> Refunding', 'on Cancel ->'));
  const broken = await client.model(uri);
  expect(broken.version).toBe(2);
  expect(broken.broken?.message).toMatch(/is expected here/);
  expect(broken.model?.components).toHaveLength(4);
  await client.change(uri, 3, shopText);
  const mended = await client.model(uri);
  expect(mended.version).toBe(3);
  expect(mended.broken).toBeUndefined();
});

test('a syntax error is named before the names that it swallowed, though they are used further up', async () => {
  const text = shopText.replace('state Refunding {', 'state Refunding {{');
  await client.open(uri, text);
  const { broken } = await client.model(uri);
  expect(broken?.line).toBe(text.split('\n').findIndex((line) => line.includes('Refunding {{')));
});

test('an unknown file has no model', async () => {
  expect(await client.model('file:///nowhere/none.twin')).toEqual({
    uri: 'file:///nowhere/none.twin',
    version: 0,
    model: null,
  });
});

test('a burst of keystrokes is worked in a few times, the last text wins', async () => {
  await client.open(uri, shopText);
  await client.model(uri);
  const before = client.changed.length;
  for (let version = 2; version <= 41; version++) {
    await client.change(uri, version, shopText.replace('after 30 s', `after ${version} s`));
  }
  await client.until(() => client.changed.at(-1)?.version === 41);
  expect(client.changed.length - before).toBeLessThan(20);
  const { model } = await client.model(uri);
  expect(JSON.stringify(model)).toContain('after(41 s)');
});

test('completion right behind a keystroke sees that keystroke', async () => {
  await client.open(uri, shopText);
  const typed = shopText.replace('after 30 s -> Expired', 'after 30 s -> Expired\n    on Cancel -> ');
  await client.change(uri, 2, typed);
  const before = typed.slice(0, typed.indexOf('on Cancel -> ') + 13).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const list = await client.request<{ items: { label: string }[] }>('textDocument/completion', {
    textDocument: { uri },
    position,
  });
  expect(list.items.map(({ label }) => label)).toContain('Refunding');
});

describe('files that import each other', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pollux-server-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const uriOf = (name: string) => pathToFileURL(join(folder, name)).toString();

  test('an import is read from the disk without being opened', async () => {
    writeFileSync(join(folder, 'signals.twin'), 'signal Go');
    await client.open(uriOf('main.twin'), 'import "signals.twin"\nmachine M { initial -> A state A { on Go -> A } }');
    const { model, broken } = await client.model(uriOf('main.twin'));
    expect(broken).toBeUndefined();
    expect(model?.signals.map(({ id }) => id)).toEqual(['Go']);
  });

  test('a change of an import reaches the file that imports it', async () => {
    await client.open(uriOf('signals.twin'), 'signal Go');
    await client.open(uriOf('main.twin'), 'import "signals.twin"\nmachine M { initial -> A state A { on Go -> A } }');
    expect((await client.model(uriOf('main.twin'))).broken).toBeUndefined();
    await client.change(uriOf('signals.twin'), 2, 'signal Went');
    expect((await client.model(uriOf('main.twin'))).broken?.message).toContain('`Go`');
    await client.until(() => client.changed.filter(({ uri: changed }) => changed === uriOf('main.twin')).length > 1);
  });
});
