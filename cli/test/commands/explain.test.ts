import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workspace } from './run-pollux.ts';
import { elementsOf } from './well-formed.ts';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const model = (expected: string) => `package queue
component Server { operation work() takes exp(20 ms) }
interaction Job { actor user  lifeline server: Server  user -> server.work() }
deployment One { node machine { cores 1  deploy Server } }
scenario Busy of One { load Job at 45/s  run 60 s  warmup 5 s  replications 5  seed 7  ${expected} }
`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'slow.twin': model('expect mean(Job) < 40 ms'),
    'never.twin': model('expect mean(Job) < 10 ms'),
    'mixed.twin': model('expect a: mean(Job) < 40 ms  expect b: errors(Job) < 1 %  expect c: p99.99(Job) < 1 s'),
    'unknown.twin': model('').replace('exp(20 ms)', '?'),
  });
});
afterAll(() => workspace.remove());

describe('pollux explain', () => {
  it('names the bottleneck, what single changes bring, and the smallest change', async () => {
    const { code, out } = await workspace.run('explain', 'slow.twin');
    expect(code).toBe(0);
    expect(out).toMatch(/^Busy · 5 replications · seed 7\n/);
    expect(out).toMatch(/mean\(Job\) +\d+ ± \d+ ms +✗ missed/);
    expect(out).toMatch(
      /^machine is the bottleneck: [89]\d(\.\d)? % busy, .* from \d+ ms to \d+ ms \(by \d+ ± \d+ ms\)\.$/m,
    );
    expect(out).toMatch(/^machine\.(cores|count) = 2 is the smallest change found that meets every expectation/m);
    expect(out).toMatch(/^ +machine\.cores = 2 +−\d+ ± \d+ ms +✓ \d+ %$/m);
  });

  it('ends with 1 where nothing helps, prints the same JSON on any number of threads, and can leave the search out', async () => {
    const none = await workspace.run('explain', 'never.twin');
    expect([none.code, none.out]).toEqual([1, expect.stringContaining('Nothing that was searched meets')]);
    const [one, three] = await Promise.all(
      ['1', '3'].map((threads) =>
        workspace.run('explain', 'slow.twin', '--no-search', '--format', 'json', '--threads', threads),
      ),
    );
    expect(one?.out).toBe(three?.out);
    expect(JSON.parse(one?.out ?? '')).toMatchObject({ schema: 2, change: null, goals: [{ text: 'mean(Job)' }] });
  });
});

describe('pollux simulate --junit', () => {
  const written = async (file: string) => {
    const { code } = await workspace.run('simulate', file, '--junit', 'out.xml');
    return { code, xml: await readFile(join(workspace.folder, 'out.xml'), 'utf8') };
  };

  it('writes met as passed, missed as a failure, and undecided as skipped with the reason', async () => {
    const { code, xml } = await written('mixed.twin');
    expect(code).toBe(1);
    expect(elementsOf(xml).length).toBe(7);
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1"');
    expect(xml).toMatch(
      /<testcase name="mean\(Job\) &lt; 40 ms" classname="queue\.Busy" file="mixed\.twin" line="5">\n +<failure type="missed" message="mean\(Job\) &lt; 40 ms is missed\. It was /,
    );
    expect(xml).toMatch(/<testcase name="errors\(Job\) &lt; 1 %" [^>]*\/>/);
    expect(xml).toMatch(/<skipped message="\d+ occurrences are too few/);
  });

  it('writes a scenario that cannot run as an error', async () => {
    const { code, xml } = await written('unknown.twin');
    expect(code).toBe(1);
    expect(xml).toMatch(/errors="1"[\s\S]*<error type="/);
  });

  it('says where it cannot write', async () => {
    const { code, error } = await workspace.run('simulate', 'slow.twin', '--junit', 'no/such/out.xml');
    expect([code, error]).toEqual([3, expect.stringContaining('no/such/out.xml cannot be written')]);
  });
});
