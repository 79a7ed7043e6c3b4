import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whenChanged } from '../lib/input-hash.mjs';
import { root } from '../lib/paths.mjs';

let folder: string;
let made: number;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pollux-hash-'));
  made = 0;
  writeFileSync(path.join(folder, 'input'), 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(): Promise<boolean> {
  const from = (name: string) => path.relative(root, path.join(folder, name));
  return whenChanged(path.join(folder, 'stamp'), [from('input')], [from('output')], async () => {
    made += 1;
    writeFileSync(path.join(folder, 'output'), String(made));
  });
}

test('what was made from the same inputs is not made again', async () => {
  expect([await make(), await make(), made]).toEqual([true, false, 1]);
});

test('a changed input is a reason to make it again', async () => {
  await make();
  writeFileSync(path.join(folder, 'input'), 'two');
  expect([await make(), made]).toEqual([true, 2]);
});

test('a missing output is a reason to make it again', async () => {
  await make();
  rmSync(path.join(folder, 'output'));
  expect([await make(), made]).toEqual([true, 2]);
});

test('what failed to be made is tried again', async () => {
  await make();
  writeFileSync(path.join(folder, 'input'), 'two');
  const stamp = path.join(folder, 'stamp');
  const input = path.relative(root, path.join(folder, 'input'));
  const broken = whenChanged(stamp, [input], [], async () => {
    throw new Error('out of paper');
  });
  await expect(broken).rejects.toThrow('out of paper');
  expect([await make(), made]).toEqual([true, 2]);
});
