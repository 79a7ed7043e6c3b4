import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workspace } from './run-pollux.ts';

vi.setConfig({ testTimeout: 120_000 });

const samples = join(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))), 'samples/warehouse');
const recording = 'recordings/counts.otlp.jsonl.gz';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({ 'empty.jsonl': '' });
  await mkdir(join(workspace.folder, 'recordings'));
  for (const file of ['warehouse.twin', 'announcements.csv', recording]) {
    await copyFile(join(samples, file), join(workspace.folder, file));
  }
});
afterAll(() => workspace.remove());

describe('pollux freeze', () => {
  it('says what the twin saw, writes it beside the model, and the scenario runs with it', async () => {
    const { code, out } = await workspace.run('freeze', 'warehouse.twin', '--twin', 'Watch');
    expect(out).toMatch(
      /^Watch\n {2}Count: 561 arrivals in 20 min\nfrozen in warehouse\.observed\.json \(sha256 [0-9a-f]{64}\)\n$/,
    );
    expect(code).toBe(0);
    const frozen = JSON.parse(await readFile(join(workspace.folder, 'warehouse.observed.json'), 'utf8'));
    expect(frozen).toMatchObject({ schema: 1, twin: 'Watch', begins: expect.stringMatching(/^2026-11-23T06:00/) });
    const run = await workspace.run(
      'simulate',
      'warehouse.twin',
      '--scenario',
      'Storm',
      '--replications',
      '2',
      '--format',
      'json',
    );
    const { findings } = JSON.parse(run.out);
    expect(findings.map(({ message }: { message: string }) => message).join('\n')).toContain(
      `as observed by Watch, frozen in warehouse.observed.json (sha256 ${frozen.sha256.slice(0, 12)}), times 2`,
    );
  });

  it('prints JSON where that is wanted', async () => {
    const { out } = await workspace.run('freeze', 'warehouse.twin', recording, '--twin', 'Watch', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      twin: 'harbour.Watch',
      file: 'warehouse.observed.json',
      behaviours: [{ element: 'harbour.Count', arrivals: 561, share: 1 }],
    });
  });

  it.each([
    [
      'a recording that is not there',
      ['none.jsonl', '--twin', 'Watch'],
      3,
      'none.jsonl cannot be read: there is no such file',
    ],
    ['a twin that names none', ['--twin', 'Office'], 3, 'Office names no recording that is there. Name one:'],
    ['nothing in the recording', ['empty.jsonl', '--twin', 'Watch'], 2, 'saw no interaction of the model begin'],
  ])('says so of %s', async (_, args, ending, message) => {
    const { code, error } = await workspace.run('freeze', 'warehouse.twin', ...args);
    expect([code, error]).toEqual([ending, expect.stringContaining(message)]);
    expect(existsSync(join(workspace.folder, 'empty.observed.json'))).toBe(false);
  });
});
