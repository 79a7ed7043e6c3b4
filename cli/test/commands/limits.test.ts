/** Files that no command chokes on, and imports that lead nowhere, from real files. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from './run-pollux.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'big.twin': `signal Go\n//${' '.repeat(10_000_000)}`,
    'deep.twin': `machine M { var x: Integer = ${'('.repeat(500)}1${')'.repeat(500)} initial -> A final A }`,
    'types.twin': 'signal Go',
    'imports.twin': 'import "Types.twin"\nimport "base"\nimport "none.twin"',
  });
  await mkdir(join(workspace.folder, 'base'));
});
afterAll(() => workspace.remove());

describe('pollux check', () => {
  test('says the size of a file that is too large, the limit and what to do', async () => {
    const { code, out } = await workspace.run('check', 'big.twin');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^big\.twin:1:1 error This file has 10\.1 MB, and at most 2 MB are read: .*Split it.* \[too-large\]$/m,
    );
    expect(out).toMatch(/^1 error, 0 warnings in 1 file$/m);
  });

  test('says where a file is nested too deep', async () => {
    const { code, out } = await workspace.run('check', 'deep.twin');
    expect(code).toBe(1);
    expect(out).toMatch(/^deep\.twin:1:\d+ error Brackets are nested more than 64 deep here.* \[too-deep\]$/m);
    expect(out).toMatch(/^1 error/m);
  });

  test('knows what folders and which spellings there are', async () => {
    const { out } = await workspace.run('check', 'imports.twin');
    expect(out).toMatch(/^imports\.twin:1:8 error .*write `"types\.twin"`/m);
    expect(out).toMatch(/^imports\.twin:2:8 error "base" is a folder\. It holds no `\.twin` file/m);
    expect(out).toMatch(/^imports\.twin:3:8 error There is no file "none\.twin" beside this one/m);
  });
});

test('pollux format leaves a file alone that is too large', async () => {
  const { code, out, error } = await workspace.run('format', '--check', 'big.twin');
  expect(code).not.toBe(0);
  expect(out + error).toContain('This file has 10.1 MB');
});
