import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';

const neat = 'enum E {\n  a\n}\n';
const messy = 'enum E {\r\na  \r\n}';
const broken = 'enum E {\n  a,,\n}\n';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await Workspace.create({
    'neat.twin': neat,
    'messy.twin': messy,
    'broken.twin': broken,
    'binary.twin': new Uint8Array([0x2f, 0x2f, 0xff, 0xfe]),
  });
});
afterEach(() => workspace.remove());

const textOf = (file: string): Promise<string> => readFile(join(workspace.folder, file), 'utf8');

describe('pollux format', () => {
  it('writes what changes in place, says so and ends with 0', async () => {
    expect(await workspace.run('format', 'neat.twin', 'messy.twin')).toEqual({
      code: 0,
      out: 'messy.twin formatted\n1 of 2 files formatted\n',
      error: '',
    });
    expect(await textOf('messy.twin')).toBe('enum E {\r\n  a\r\n}\r\n');
    expect(await textOf('neat.twin')).toBe(neat);
    expect((await workspace.run('format', '--check', 'messy.twin')).code).toBe(0);
  });

  it('with --check lists what would change, writes nothing and ends with 1', async () => {
    expect(await workspace.run('format', '--check', 'neat.twin', 'messy.twin')).toEqual({
      code: 1,
      out: 'messy.twin would change\n1 of 2 files would change\n',
      error: '',
    });
    expect(await textOf('messy.twin')).toBe(messy);
  });

  it('leaves files with syntax errors alone, formats the others and ends with 3', async () => {
    const { code, out, error } = await workspace.run('format', 'broken.twin', 'messy.twin');
    expect(code).toBe(3);
    expect(out).toBe('messy.twin formatted\n1 of 2 files formatted\n');
    expect(error).toMatch(/^broken\.twin:2:5 is left alone: .*`,`.*\n$/);
    expect(await textOf('broken.twin')).toBe(broken);
  });

  it('ends with 3 for files that cannot be read or are no text, and says so', async () => {
    const { code, error } = await workspace.run('format', 'missing.twin', '.', 'binary.twin');
    expect(code).toBe(3);
    expect(error).toContain('missing.twin is left alone: there is no such file\n');
    expect(error).toContain('. is left alone: it is a folder\n');
    expect(error).toContain('binary.twin is left alone: it is not a text in UTF-8\n');
    expect([...(await readFile(join(workspace.folder, 'binary.twin')))]).toEqual([0x2f, 0x2f, 0xff, 0xfe]);
  });

  it('prints the same as JSON', async () => {
    const { code, out, error } = await workspace.run(
      ...['format', '--check', '--format', 'json', 'neat.twin', 'messy.twin', 'broken.twin', 'missing.twin'],
    );
    expect([code, error]).toEqual([3, '']);
    const nothing = { message: null, line: null, column: null };
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      check: true,
      files: [
        { file: 'neat.twin', status: 'unchanged', ...nothing },
        { file: 'messy.twin', status: 'would-change', ...nothing },
        { file: 'broken.twin', status: 'broken', message: expect.stringContaining('`,`'), line: 2, column: 5 },
        { ...nothing, file: 'missing.twin', status: 'unreadable', message: 'there is no such file' },
      ],
    });
  });
});
