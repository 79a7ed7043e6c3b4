import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'good.twin': 'package good\nsignal Go\nmachine M { initial -> A  state A { on Go -> B }  final B }\n',
    'bad.twin': 'package bad\nsignal Go\nmachine M {\n  initial -> A\n  state A { on Go -> Nowhere }\n}\n',
    'importing.twin': 'import "bad.twin"\nsignal Other\n',
  });
});
afterAll(() => workspace.remove());

describe('pollux check', () => {
  it('ends with 0 where nothing is wrong', async () => {
    expect(await workspace.run('check', 'good.twin')).toEqual({
      code: 0,
      out: '0 errors, 0 warnings in 1 file\n',
      error: '',
    });
  });

  it('says file, line, column, severity, message and code of what is wrong, and ends with 1', async () => {
    const { code, out } = await workspace.run('check', 'bad.twin', 'good.twin');
    expect(code).toBe(1);
    expect(out).toMatch(/^bad\.twin:5:22 error .*Nowhere.* \[[a-z-]+\]$/m);
    expect(out).toMatch(/1 error, \d warnings? in 2 files\n$/);
  });

  it('prints the same as JSON', async () => {
    const { code, out } = await workspace.run('check', 'bad.twin', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      errors: 1,
      problems: [{ file: 'bad.twin', line: 5, column: 22, endLine: 5, endColumn: 29, severity: 'error' }],
    });
  });

  it('reports what two files share only once', async () => {
    const { out } = await workspace.run('check', 'bad.twin', 'bad.twin', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ errors: 1 });
  });
});

describe('wrong usage', () => {
  it.each([
    ['a file that does not exist', ['check', 'missing.twin'], 'missing.twin cannot be read: there is no such file'],
    ['a folder in place of a file', ['check', '.'], 'cannot be read: it is a folder'],
    ['no file', ['check'], "missing required argument 'files'"],
    ['an unknown command', ['explode'], "unknown command 'explode'"],
    ['an unknown option', ['check', 'good.twin', '--loud'], "unknown option '--loud'"],
    ['an unknown format', ['check', 'good.twin', '--format', 'xml'], 'Allowed choices are text, json'],
    ['a seed that is no number', ['simulate', 'good.twin', '--seed', 'x'], 'It must be a whole number from 0 on.'],
    ['no replications', ['simulate', 'good.twin', '--replications', '0'], 'It must be a whole number from 1 on.'],
    ['a model without scenarios', ['simulate', 'good.twin'], 'The model declares no scenario.'],
    ['a model without twins', ['replay', 'good.twin', 'good.twin'], 'The model declares no twin.'],
    ['no command', [], 'Usage: pollux'],
  ])('ends with 3 for %s, and says so', async (_, argv, message) => {
    const { code, out, error } = await workspace.run(...argv);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(error).toContain(message);
  });

  it('is not asking for help', async () => {
    const { code, out } = await workspace.run('simulate', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--scenario');
  });
});

describe('a model in error', () => {
  it.each([['simulate'], ['replay']])('is not run by %s: its problems are printed', async (command) => {
    const { code, out } = await workspace.run(command, 'bad.twin', ...(command === 'replay' ? ['good.twin'] : []));
    expect(code).toBe(1);
    expect(out).toContain('bad.twin:5:22 error');
  });
});
