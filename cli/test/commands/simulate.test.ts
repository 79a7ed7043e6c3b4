import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workspace } from './run-pollux.ts';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** One server with a core: at 10/s and 20 ms it is a fifth busy. */
const model = (bound: string, run = '20 s') => `package queue
component Server { operation work() takes exp(20 ms) }
interaction Job { actor user  lifeline server: Server  user -> server.work() }
deployment One { node machine { cores 1  deploy Server } }
scenario Calm of One {
  load Job at 10/s
  run ${run}  warmup 1 s  replications 4  seed 7
  expect fast: mean(Job) < ${bound}
}
`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'met.twin': model('1 s'),
    'missed.twin': model('1 ms'),
    'undecided.twin': model('1 s').replace('replications 4', 'replications 1'),
    'windows.twin': model('20 ms in every 5 s', '20 s  at 12 s load Job * 40 for 1 s'),
    'long.twin': model('1 s', '200 h'),
    'stuck.twin': model('1 s').replace('exp(20 ms)', '0 ms').replace('at 10/s', 'by 2 users thinking 0 s'),
    'unknown.twin': model('1 s').replace('takes exp(20 ms)', 'takes ?'),
  });
});
afterAll(() => workspace.remove());

describe('pollux simulate', () => {
  it('ends with 0 where every expectation is met, and shows figures with their intervals', async () => {
    const { code, out } = await workspace.run('simulate', 'met.twin', '--scenario', 'Calm');
    expect(code).toBe(0);
    expect(out).toMatch(/^Calm · 4 replications · 76 s simulated · seed 7 · ± is the 95 % interval/);
    expect(out).toMatch(/Job .*± .* ms/);
    expect(out).toMatch(/machine +[\d.]+ ± [\d.]+ %/);
    expect(out).toMatch(/✓ met +mean\(Job\) < 1 s +.*line 8/);
  });

  it('ends with 1 where an expectation is missed', async () => {
    const { code, out } = await workspace.run('simulate', 'missed.twin');
    expect(code).toBe(1);
    expect(out).toContain('✗ missed');
  });

  it('names the worst window and its figure', async () => {
    const { code, out } = await workspace.run('simulate', 'windows.twin');
    expect(code).toBe(1);
    expect(out).toMatch(/✗ missed .*in every 5 s +.*line 8 +from 11 s to 16 s, the worst of 3 windows/);
    const { out: json } = await workspace.run('simulate', 'windows.twin', '--format', 'json');
    const [judged] = JSON.parse(json).expectations;
    expect(judged).toMatchObject({ verdict: 'missed', window: { from_s: 11, length_s: 5, windows: 3 } });
    expect(judged.value).toBeGreaterThan(0.02);
  });

  it('ends with 2 where nothing can be decided', async () => {
    const { code, out } = await workspace.run('simulate', 'undecided.twin');
    expect(code).toBe(2);
    expect(out).toContain('? undecided');
  });

  it('speaks of intervals only where there are any', async () => {
    const { out } = await workspace.run('simulate', 'undecided.twin');
    expect(out).toMatch(/^Calm · 1 replication · 19 s simulated · seed 7\n/);
    expect(out).not.toContain('±');
  });

  it('shows no empty tables where time stood still', async () => {
    const { code, out } = await workspace.run('simulate', 'stuck.twin');
    expect(code).toBe(1);
    expect(out).toContain('error Time stands still at 0 s');
    expect(out).not.toContain('throughput');
  });

  it('prints the same bytes of JSON whatever the number of threads', async () => {
    const one = await workspace.run('simulate', 'met.twin', '--format', 'json', '--threads', '1');
    const three = await workspace.run('simulate', 'met.twin', '--format', 'json', '--threads', '3');
    expect(one.out).toBe(three.out);
    expect(JSON.parse(one.out)).toMatchObject({ schema: 2, scenario: 'queue.Calm', seed: 7, replications: 4 });
  });

  it('takes another seed and number of replications', async () => {
    const { out } = await workspace.run(
      'simulate',
      'met.twin',
      '--format',
      'json',
      '--seed',
      '8',
      '--replications',
      '2',
    );
    expect(JSON.parse(out)).toMatchObject({ seed: 8, replications: 2 });
  });

  it('says what keeps a model from running, and ends with 1', async () => {
    const { code, out } = await workspace.run('simulate', 'unknown.twin');
    expect(code).toBe(1);
    expect(out).toMatch(/unknown\.twin:2:\d+ error/);
  });

  it('prints what there is when it is cancelled, and ends with 2', async () => {
    const cancel = new AbortController();
    const running = workspace.runUntil(cancel.signal, 'simulate', 'long.twin');
    setTimeout(() => cancel.abort(), 300);
    const { code, out } = await running;
    expect(code).toBe(2);
    expect(out).toContain('cancelled');
  });

  it('names the scenarios where there is none of that name', async () => {
    const { code, error } = await workspace.run('simulate', 'met.twin', '--scenario', 'Wild');
    expect({ code, error }).toEqual({ code: 3, error: 'pollux: There is no scenario Wild; there are: Calm.\n' });
  });
});

describe('a report', () => {
  it('is one file that needs nothing else', async () => {
    const { code, error } = await workspace.run('simulate', 'met.twin', '--report', 'out.html');
    expect(code).toBe(0);
    expect(error).toBe('Report: out.html\n');
    const report = await readFile(join(workspace.folder, 'out.html'), 'utf8');
    expect(report).toContain('<h1>Calm</h1>');
    expect(report).toContain('deployment One');
    expect(report).not.toMatch(/https?:|<script|@import/);
  });

  it('that cannot be written says why', async () => {
    const { code, error } = await workspace.run('simulate', 'met.twin', '--report', 'no/such/folder/out.html');
    expect(code).toBe(3);
    expect(error).toMatch(/pollux: the report cannot be written: ENOENT/);
  });
});
