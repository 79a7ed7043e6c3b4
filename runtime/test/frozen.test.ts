import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Model } from '@pollux/engine/model';
import { simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeze, frozenPath } from '../src/recordings/frozen.ts';
import { observeRecordings, recordingsOfTwin } from '../src/recordings/observe-recordings.ts';
import { readForRun } from '../src/recordings/read-for-run.ts';
import { TwinHost } from '../src/twin/twin-host.ts';

const text = `component Server { operation serve() takes 1 ms }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
interaction Idle { actor client  lifeline server: Server  client ->> server.serve() }
scenario S { load Job observed * 2  run 60 s  replications 1 }
twin Live { source file "recordings-*.jsonl" }`;

/** One request a second apart from the second on, as a tracer exports them. */
function line(count: number): string {
  const spans = Array.from({ length: count }, (_, at) => ({
    traceId: `${at + 1}`.padStart(32, '0'),
    spanId: `${at + 1}`.padStart(16, '0'),
    name: 'serve',
    kind: 2,
    startTimeUnixNano: `${1_795_305_600 + at}000000000`,
    endTimeUnixNano: `${1_795_305_600 + at}250000000`,
  }));
  const attributes = [{ key: 'service.name', value: { stringValue: 'server' } }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
}

let folder = '';
let model: Model;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frozen-'));
  await writeFile(join(folder, 'recordings-a.jsonl'), `${line(10)}\n`);
  const { model: written } = await modelOf(text);
  const uri = pathToFileURL(join(folder, 'shop.twin')).href;
  model = JSON.parse(JSON.stringify(written).replaceAll('file:///model.twin', uri));
});
afterEach(() => rm(folder, { recursive: true }));

async function said(): Promise<{ started: number; messages: string }> {
  const { counters, findings } = simulate(await readForRun(model), 'S');
  return { started: counters.started, messages: findings.map(({ message }) => message).join('\n') };
}

async function freezeNow(): Promise<string> {
  const [twin] = model.twins;
  if (twin === undefined) throw new Error('the model has a twin');
  const { arrivals } = await observeRecordings(model, twin, await recordingsOfTwin(model, twin));
  await freeze(model.uri, twin.name, arrivals);
  return frozenPath(model.uri);
}

describe('what a twin observed', () => {
  it('is found in the recordings that it names', async () => {
    const { started, messages } = await said();
    // Ten in 9.25 s, that is 65 in a minute, and their copy.
    expect(started).toBeGreaterThanOrEqual(128);
    expect(started).toBeLessThanOrEqual(131);
    expect(messages).toContain('10 arrivals in 9.3 s, as observed by Live in recordings-a.jsonl, times 2');
  });

  it('is frozen beside the model: the same run when the recordings are gone, and the same bytes again', async () => {
    const before = await said();
    const path = await freezeNow();
    const bytes = await readFile(path, 'utf8');
    await freezeNow();
    expect(await readFile(path, 'utf8')).toBe(bytes);
    await rm(join(folder, 'recordings-a.jsonl'));
    const after = await said();
    expect(after.started).toBe(before.started);
    expect(after.messages).toMatch(/as observed by Live, frozen in shop\.observed\.json \(sha256 [0-9a-f]{12}\)/);
  });

  it('is taken from the attached twin where nothing is frozen', async () => {
    const attached = { times: [0, 1e6], length: 2e6, begins: 0, share: 1, source: '' };
    const behaviour = model.interactions[0]?.id ?? '';
    const run = await readForRun(model, async () => new Map([[behaviour, attached]]));
    const { counters, findings } = simulate(run, 'S');
    expect(counters.started).toBeGreaterThan(115);
    expect(findings.map(({ message }) => message).join()).toContain('as observed by Live, which is attached');
  });

  it('is known of an attached twin while it goes on, each beginning once, also when the text changes', async () => {
    await writeFile(join(folder, 'recordings-a.jsonl'), `${line(120)}\n`);
    const [twin] = model.twins;
    if (twin === undefined) throw new Error('the model has a twin');
    const host = new TwinHost({ model, twin: twin.id }, { onState: () => {}, onProblem: () => {} });
    expect(await host.replayFiles()).toEqual([]);
    const before = host.arrivals().get(model.interactions[0]?.id ?? '')?.times ?? [];
    expect(before.length).toBeGreaterThan(60);
    expect(before.slice(0, 3)).toEqual([0, 1e6, 2e6]);
    await host.updateModel(model);
    expect(host.arrivals().get(model.interactions[0]?.id ?? '')?.times).toEqual(before);
    await host.stop();
  });

  it.each([
    ['changed after', (bytes: string) => bytes.replace('1000000', '1000001'), 'was changed after it was frozen'],
    ['cut off', (bytes: string) => bytes.slice(0, 50), 'is no JSON'],
    ['of another version', (bytes: string) => bytes.replace('"schema":1', '"schema":0'), 'is not of this version'],
    ['with times that fall', (bytes: string) => bytes.replace('[0,', '[5e9,'), 'is not of this version'],
  ])('does not run where the file was %s, and says what to do', async (_, change, reason) => {
    const path = await freezeNow();
    await writeFile(path, change(await readFile(path, 'utf8')));
    const { started, messages } = await said();
    expect(started).toBe(0);
    expect(messages).toContain(reason);
    expect(messages).toContain('freeze it again with `pollux freeze`, or remove it');
  });

  it('does not run where there is no recording, and says how to get one', async () => {
    await rm(join(folder, 'recordings-a.jsonl'));
    const { started, messages } = await said();
    expect(started).toBe(0);
    expect(messages).toContain('What a twin observed of it is not known: no file matches "recordings-*.jsonl"');
    expect(messages).toContain('pollux freeze shop.twin --twin Live RECORDING');
  });

  it('counts each trace once, however many recordings hold it', async () => {
    await cp(join(folder, 'recordings-a.jsonl'), join(folder, 'recordings-b.jsonl'));
    expect((await said()).messages).toContain('10 arrivals in 9.3 s, as observed by Live in 2 recordings');
  });
});
