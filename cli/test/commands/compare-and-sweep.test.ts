import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workspace } from './run-pollux.ts';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const model = (cores = 1, more = '') => `package queue
component Server { operation work() takes exp(20 ms) }
interaction Job { actor user  lifeline server: Server  user -> server.work() }
deployment One { node machine { cores ${cores}  deploy Server }  cost machine 0.1/h }
deployment Two { node pair { cores 2  deploy Server } }
scenario Before of One { load Job at 35/s  run 60 s  warmup 1 s  replications 5  seed 7 }
scenario After of Two { load Job at 35/s  run 60 s  warmup 1 s  replications 5  seed 7  compare with Before }
scenario Sized of One { load Job at 120/s  run 30 s  warmup 1 s  replications 4  seed 7  ${more} }
`;
const vary = 'expect mean(Job) < 40 ms  vary machine.cores in 1..4';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'shop.twin': model(1, vary),
    'wider.twin': model(2, vary),
    'endless.twin': model(1, vary).replaceAll(/run \d+ s/g, 'run 2000 h'),
    'hopeless.twin': model(1, 'expect mean(Job) < 40 ms  vary machine.cores in 1..2'),
    'many.twin': model(1, 'vary machine.cores in 1..5000'),
  });
});
afterAll(() => workspace.remove());

describe('pollux compare', () => {
  it('says what differs from the scenario that is compared with', async () => {
    const { code, out } = await workspace.run('compare', 'shop.twin');
    expect(code).toBe(0);
    expect(out).toMatch(/^After compared with Before · 5 pairs · ± is the 95 % interval of the difference/);
    expect(out).toMatch(/mean\(Job\) goes from \d+ ms to \d+ ms: better by [\d.]+ ± [\d.]+ ms/);
    expect(out).toMatch(/mean\(Job\) +\d+ ms +\d+ ms +−[\d.]+ ± [\d.]+ ms +✓ better/);
  });

  it('takes any two scenarios, and the same one of two files', async () => {
    const chosen = await workspace.run('compare', 'shop.twin', '--scenario', 'Before', '--with', 'After');
    expect(chosen.out).toMatch(/^Before compared with After .*\n[\s\S]*worse by/);
    const files = await workspace.run('compare', 'wider.twin', 'shop.twin', '--scenario', 'Before');
    expect(files.out).toMatch(/^Before before and after .*\n[\s\S]*better by/);
  });

  it('prints the same bytes as JSON whatever the number of threads', async () => {
    const outs = [1, 3].map((threads) =>
      workspace.run('compare', 'shop.twin', '--format', 'json', '--threads', String(threads)),
    );
    const [one, three] = await Promise.all(outs);
    expect(one?.out).toBe(three?.out);
    expect(JSON.parse(one?.out ?? '')).toMatchObject({
      schema: 1,
      result: { scenario: 'queue.After' },
      comparisons: [{ baseline: { scenario: 'queue.Before' }, pairs: 5 }],
    });
  });

  it('asks with what, and ends with 2 where one pair shows nothing', async () => {
    const { code, error } = await workspace.run('compare', 'shop.twin', '--scenario', 'Before');
    expect([code, error]).toEqual([3, expect.stringContaining('--with NAME')]);
    expect((await workspace.run('compare', 'shop.twin', '--replications', '1')).code).toBe(2);
  });
});

describe('pollux sweep', () => {
  it('shows every combination, those that formulas rule out with the reason, and which is enough', async () => {
    const { code, out } = await workspace.run('sweep', 'shop.twin');
    expect(code).toBe(0);
    expect(out).toMatch(/^Sized · 4 combinations · seed 7\n/);
    expect(out).toMatch(/^ +1 .*✗ hopeless machine is asked for 240 % of what it can do/m);
    expect(out).toMatch(/^ +3 +[\d.]+ ± [\d.]+ ms +0\.10\/h +✓ met ← first to take/m);
    expect(out).toContain('2 meet every expectation, the cheapest of them with machine.cores = 3 (mean(Job) < 40 ms: ');
  });

  it('ends with 1 where none is enough, and where there are too many', async () => {
    const none = await workspace.run('sweep', 'hopeless.twin');
    expect([none.code, none.out]).toEqual([1, expect.stringContaining('None of them is sure to meet')]);
    const many = await workspace.run('sweep', 'many.twin');
    expect([many.code, many.out]).toEqual([1, expect.stringContaining('[too-many-points]')]);
  });

  it('ends with 2 where it is cancelled, and keeps what formulas say', async () => {
    const cancel = new AbortController();
    const running = workspace.runUntil(cancel.signal, 'sweep', 'endless.twin', '--format', 'json');
    setTimeout(() => cancel.abort(), 500);
    const { code, out } = await running;
    expect(code).toBe(2);
    const { schema, points } = JSON.parse(out);
    expect([schema, points.map(({ status }: { status: string }) => status)]).toEqual([
      1,
      ['pruned', 'pruned', 'not-run', 'not-run'],
    ]);
  });
});

describe('a report', () => {
  it('has the comparison, or the sweep as a map', async () => {
    await workspace.run('compare', 'shop.twin', '--report', 'compared.html');
    const compared = await readFile(join(workspace.folder, 'compared.html'), 'utf8');
    expect(compared).toContain('After against Before');
    await workspace.run('sweep', 'shop.twin', '--report', 'swept.html');
    const swept = await readFile(join(workspace.folder, 'swept.html'), 'utf8');
    expect(swept.match(/data-point=/g)).toHaveLength(4);
    expect(swept).toContain('Framed: the model now.');
  });
});
