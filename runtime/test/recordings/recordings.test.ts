import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { LogRecord, Observation } from '@pollux/engine/observation';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventTime, inEventTime } from '../../src/recordings/in-event-time.ts';
import { matchingFiles } from '../../src/recordings/matching-files.ts';
import { type Line, readLines } from '../../src/recordings/read-lines.ts';
import { Recording, type RecordingProblem } from '../../src/recordings/read-recording.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pollux-recordings-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const trace = (spanId: string, end = 2000) =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          { spans: [{ traceId: '1'.repeat(32), spanId, startTimeUnixNano: '1000', endTimeUnixNano: String(end) }] },
        ],
      },
    ],
  });

describe('reading the lines of a file', () => {
  it('gives the same lines, packed or not, whatever their ends and whatever the last one lacks', async () => {
    const text = 'first\n\nthird ö\nlast';
    const lines: Line[] = ['first', '', 'third ö', 'last'].map((line, index) => ({ number: index + 1, text: line }));
    expect(await all(readLines(await file('plain', text)))).toEqual(lines);
    expect(await all(readLines(await file('packed', gzipSync(text))))).toEqual(lines);
  });

  it('passes over the byte-order mark that some files begin with', async () => {
    const lines = await all(readLines(await file('mark.jsonl', '\uFEFF{}\n\uFEFF')));
    expect(lines).toEqual([
      { number: 1, text: '{}' },
      { number: 2, text: '\uFEFF' },
    ]);
  });

  it('gives back random lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\n'))),
        async (texts) => {
          const read = await all(readLines(await file('random', texts.join('\n'))));
          expect(read.map((line) => ('text' in line ? line.text : line.problem))).toEqual(texts);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('passes over a line above the limit and goes on behind it', async () => {
    const path = await file('long', `a\n${'x'.repeat(2000)}\nb`);
    expect(await all(readLines(path, 1000))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, problem: 'the line has more than 1000 bytes' },
      { number: 3, text: 'b' },
    ]);
  });

  it('gives the lines in front of the place where gzip data break off', async () => {
    const packed = gzipSync(
      `first\n${Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251)).toString('base64')}\nlast`,
    );
    const read = await all(readLines(await file('cut', packed.subarray(0, packed.length - 20))));
    expect(read[0]).toEqual({ number: 1, text: 'first' });
    expect(read.at(-1)).toMatchObject({ problem: expect.stringContaining('break off') });
  });

  it('says when there is no such file', async () => {
    await expect(all(readLines(join(folder, 'missing')))).rejects.toThrow(/ENOENT/);
  });
});

describe('reading a recording', () => {
  it('reports a bad line with its number, and keeps the others', async () => {
    const log = JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: '5000', body: { stringValue: 'x' } }] }] }],
    });
    const path = await file(
      'mixed.jsonl',
      [trace('a'.repeat(16)), '{"broken', '', '{"other":1}', log, trace('short')].join('\n'),
    );
    const problems: RecordingProblem[] = [];
    const recording = new Recording(path, (problem) => problems.push(problem));
    const read = (await all(recording.observations())).flat();
    expect(read.map(({ kind }) => kind)).toEqual(['span', 'log']);
    expect(recording.read).toEqual({ path, spans: 1, logs: 1, rejected: 3 });
    expect(problems.map(({ line, message }) => [line, message.split(':')[0]])).toEqual([
      [2, 'not JSON'],
      [4, 'not an ExportTraceServiceRequest'],
      [6, '$.resourceSpans[0].scopeSpans[0].spans[0].spanId has 5 digits instead of 16'],
    ]);
  });
});

describe('putting recordings into the order of event time', () => {
  const log = (time: number): LogRecord => ({
    kind: 'log',
    time,
    service: '',
    body: '',
    traceId: '',
    spanId: '',
    attributes: {},
  });
  async function* batches(times: readonly (readonly number[])[]): AsyncGenerator<readonly Observation[]> {
    for (const batch of times) yield batch.map(log);
  }

  it('loses nothing, whatever the order, and is in order where the window holds all', async () => {
    const recordings = fc.array(fc.array(fc.array(fc.nat(1000), { maxLength: 5 }), { maxLength: 10 }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(recordings, fc.constantFrom(4, 1000), async (times, window) => {
        const ordered = (await all(inEventTime(times.map(batches), window))).flat().map(eventTime);
        const expected = times.flat(2).sort((a, b) => a - b);
        if (window === 1000) expect(ordered).toEqual(expected);
        else expect([...ordered].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('merges recordings that are in order by themselves with a window of any size', async () => {
    const times = fc.array(
      fc.array(fc.nat(1000), { maxLength: 40 }).map((list) => list.sort((a, b) => a - b)),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 50 }), async (lists, window) => {
        const recordings = lists.map((list) => batches(list.map((time) => [time])));
        const ordered = (await all(inEventTime(recordings, window))).flat().map(eventTime);
        expect(ordered).toEqual(lists.flat().sort((a, b) => a - b));
      }),
    );
  });
});

describe('the files of a pattern', () => {
  it.each([
    ['recordings/*.jsonl', ['recordings/a.jsonl', 'recordings/b.jsonl']],
    ['recordings/b.jsonl', ['recordings/b.jsonl']],
    ['recordings/?.jsonl.gz', ['recordings/a.jsonl.gz']],
    ['**/*.gz', ['recordings/a.jsonl.gz', 'recordings/deep/c.gz']],
    ['recordings/[a].jsonl', []],
    ['missing/*.jsonl', []],
  ])('%s', async (pattern, expected) => {
    const base = join(folder, 'model');
    await mkdir(join(base, 'recordings', 'deep'), { recursive: true });
    for (const name of ['a.jsonl', 'b.jsonl', 'a.jsonl.gz', 'deep/c.gz'])
      await writeFile(join(base, 'recordings', name), '');
    const uri = pathToFileURL(join(base, 'm.twin')).href;
    expect(await matchingFiles(uri, pattern)).toEqual(expected.map((path) => join(base, path)));
  });
});
