import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workspace } from './run-pollux.ts';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const shop = join(root, 'samples/shop/shop.twin');
const recorded = (name: string): string => join(root, `samples/shop/recordings/${name}.otlp.jsonl.gz`);

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({ 'empty.jsonl': '', 'bad.jsonl': '\ngarbage\n' });
});
afterAll(() => workspace.remove());

describe('pollux replay', () => {
  it('finds nothing against the model in a healthy minute of the shop, and ends with 0', async () => {
    const { code, out } = await workspace.run('replay', shop, '--twin', 'Live', recorded('healthy'));
    expect(out).toMatch(/^Live · 1 recording · \d\d\u202f\d{3} spans$/m);
    expect(out).toMatch(/^[\d\u202f]+ traces: [\d\u202f]+ matched, 0 divergent, \d+ undecided, 0 not modelled$/m);
    expect(out).toMatch(/^ {2}Checkout +\d+ +0 +\d+ +[\d.]+ ms +\d+ ms$/m);
    expect(out).toMatch(/^conforms: /m);
    expect(code).toBe(0);
  });

  it.each([
    ['illegal-refund', 'illegal-transition'],
    ['skip-stock', 'missing-message'],
    ['slow-bank', 'latency'],
  ])('finds %s, says at which line, and ends with 1', async (fault, kind) => {
    const { code, out } = await workspace.run('replay', shop, recorded(fault));
    expect(out).toMatch(new RegExp(`shop\\.twin:\\d+:\\d+ ${kind} `));
    expect(out).toMatch(/^violates: /m);
    expect(code).toBe(1);
  });

  it('prints the report as JSON with the paths as given', async () => {
    const { code, out } = await workspace.run('replay', shop, '--no-simulation', '--format', 'json', 'empty.jsonl');
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      twin: 'shop.Live',
      files: [{ path: 'empty.jsonl', spans: 0 }],
      verdict: 'undecided',
    });
    expect(code).toBe(2);
  });

  it('says which line of which recording it could not read', async () => {
    const { code, out } = await workspace.run('replay', shop, 'bad.jsonl');
    expect(out).toMatch(/^bad\.jsonl:2: refused not JSON/m);
    expect(code).toBe(2);
  });

  it('matches the login and the ticket search of the public TrainTicket system without a false divergence', async (ctx) => {
    const recording = join(root, '../shared/data/traces/trainticket-normal.otlp.jsonl.gz');
    if (!existsSync(recording)) ctx.skip('the recording of TrainTicket is not on this machine');
    const model = join(root, 'samples/train-ticket/train-ticket.twin');
    const { out } = await workspace.run('replay', model, '--format', 'json', recording);
    const report = JSON.parse(out);
    expect(report.traces).toMatchObject({ seen: 71, divergent: 0 });
    expect(report.traces.matched).toBeGreaterThan(0);
    expect(report.divergences).toEqual([]);
    const matched = report.interactions.map(({ element }: { element: string }) => element.split('.').at(-1));
    expect(matched).toEqual(expect.arrayContaining(['Login', 'SearchHighSpeed']));
  });

  it.each([
    ['a recording that does not exist', ['nowhere.jsonl'], 'nowhere.jsonl cannot be read: there is no such file'],
    ['a folder in place of a recording', ['.'], '. cannot be read: it is a folder'],
    ['an unknown twin', ['--twin', 'Dead', 'empty.jsonl'], 'There is no twin Dead; there are: Live.'],
    ['no recording', [], "missing required argument 'recordings'"],
  ])('ends with 3 for %s', async (_, rest, message) => {
    const { code, error } = await workspace.run('replay', shop, ...rest);
    expect(code).toBe(3);
    expect(error).toContain(message);
  });
});
