import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Model } from '@pollux/engine/model';
import { simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecordings } from '../src/recordings/read-recordings.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  await writeFile(join(folder, 'late night.csv'), 's\n1\n2\n3\n');
});
afterAll(() => rm(folder, { recursive: true }));

async function messages(path: string, uri = pathToFileURL(join(folder, 'shop.twin')).href): Promise<readonly string[]> {
  const text = `component Server { operation serve() takes 1 ms }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
scenario S { load Job replay "${path}"  run 10 s  replications 1 }`;
  const { model } = await modelOf(text);
  const there: Model = JSON.parse(JSON.stringify(model).replaceAll('file:///model.twin', uri));
  const result = simulate(await readRecordings(there), 'S');
  return [`${result.counters.started}`, ...result.findings.map(({ message }) => message)];
}

describe('a recording', () => {
  it('is read from beside the text that names it', async () => {
    expect(await messages('late night.csv')).toEqual(['3']);
    expect(await messages('./late night.csv')).toEqual(['3']);
  });

  it.each([
    ['none.csv', 'there is no such file'],
    ['/etc/hosts', 'its path must lead from the folder of this text'],
    ['https://example.org/peak.csv', 'its path must lead from the folder of this text'],
    ['.', 'it cannot be read'],
  ])('%s is not read, and that is said', async (path, reason) => {
    const [started, ...said] = await messages(path);
    expect([started, said.some((message) => message.includes(reason))]).toEqual(['0', true]);
  });

  it('has nothing beside it where the text is no file', async () => {
    expect((await messages('none.csv', 'untitled:Untitled-1')).join()).toContain('no file on the disk');
  });
});
