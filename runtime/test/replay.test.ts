import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Model } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import { replay } from '@pollux/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const text = `package tiny
component Shop { operation order() takes exp(2 ms) }
component Bank { operation charge() takes exp(1 ms) }
interaction Order { actor user  lifeline shop: Shop, bank: Bank  user -> shop.order() { shop -> bank.charge() } }
deployment One { node one { cores 2  deploy Shop  deploy Bank } }
scenario Usual of One { load Order at 10/s  run 10 s }
twin Live of One {
  source file "*.jsonl"
  lateness 100 ms
  Shop.order = span "POST /order"
  Bank.charge = span "POST /charge"
  expect fast: p95(Order) < 1 s over 10 s
}
`;
const START = 1_700_000_000_000;

let model: Model;
let folder = '';
beforeAll(async () => {
  const loaded = await modelOf(text);
  if (loaded.model === null) throw new Error(loaded.problems[0]?.message);
  model = loaded.model;
  folder = await mkdtemp(join(tmpdir(), 'pollux-replay-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(lines.join('\n')) : lines.join('\n'));
  return path;
}

/** The shop's and the bank's spans of order number `n`, one every 100 ms; each service writes a line of its own. */
function shop(n: number, name = 'POST /order'): string {
  const at = START + n * 100;
  return line('Shop', [
    span(n, 1, 0, name, 2, at, at + 20),
    ...(name === 'POST /order' ? [span(n, 2, 1, 'POST', 3, at + 2, at + 18)] : []),
  ]);
}

function bank(n: number): string {
  const at = START + n * 100;
  return line('Bank', [span(n, 3, 2, 'POST /charge', 2, at + 4, at + 16)]);
}

function span(
  n: number,
  number: number,
  parent: number,
  name: string,
  kind: number,
  from: number,
  to: number,
): unknown {
  const id = (part: number) => (n * 10 + part).toString(16).padStart(16, 'b');
  return {
    traceId: n.toString(16).padStart(32, 'a'),
    spanId: id(number),
    ...(parent === 0 ? {} : { parentSpanId: id(parent) }),
    name,
    kind,
    startTimeUnixNano: `${from}000000`,
    endTimeUnixNano: `${to}000000`,
  };
}

function line(service: string, spans: readonly unknown[]): string {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
}

const orders = Array.from({ length: 120 }, (_, n) => n + 1);

describe('replaying recordings', () => {
  it('says what matched, in which interaction and how long it took', async () => {
    const path = await file(
      'healthy.jsonl',
      orders.flatMap((n) => [shop(n), bank(n)]),
    );
    const report = await replay(model, 'tiny.Live', [path], { simulation: false });
    expect(report).toMatchObject({
      schema: 1,
      twin: 'tiny.Live',
      files: [{ path, spans: 360, logs: 0, rejected: 0 }],
      problems: [],
      traces: { seen: 120, matched: 120, divergent: 0, undecided: 0, unmodelled: 0 },
      interactions: [{ element: 'tiny.Order', matched: 120, divergent: 0, undecided: 0 }],
      divergences: [],
      expectations: [{ element: 'tiny.Live.fast', verdict: 'met' }],
      verdict: 'conforms',
    });
    expect(report.interactions[0]?.p50_s).toBeCloseTo(0.02, 3);
  });

  it('gives the same report whatever files the services recorded to, in whatever order', async () => {
    const one = await file(
      'one.jsonl',
      orders.flatMap((n) => [shop(n), bank(n)]),
    );
    const shops = await file(
      'shops.jsonl.gz',
      orders.toReversed().map((n) => shop(n)),
    );
    const banks = await file('banks.jsonl', orders.map(bank));
    const { files: _, ...together } = await replay(model, 'tiny.Live', [one], { simulation: false });
    const { files: __, ...apart } = await replay(model, 'tiny.Live', [shops, banks], { simulation: false });
    expect(apart).toEqual(together);
  });

  it('violates where a message is missing, with the traces as evidence', async () => {
    const path = await file(
      'missing.jsonl',
      orders.flatMap((n) => (n > 40 && n < 60 ? [shop(n)] : [shop(n), bank(n)])),
    );
    const report = await replay(model, 'tiny.Live', [path], { simulation: false });
    expect(report).toMatchObject({ verdict: 'violates', traces: { matched: 101, divergent: 19 } });
    expect(report.interactions).toMatchObject([{ matched: 101, divergent: 19 }]);
    expect(report.divergences).toMatchObject([{ kind: 'missing-message', count: 19 }]);
    expect(report.divergences[0]?.evidence.traceIds.length).toBeGreaterThan(0);
  });

  it('counts what the model does not describe by the root of the trace, and decides nothing from it', async () => {
    const path = await file(
      'other.jsonl',
      orders.map((n) => shop(n, n % 3 === 0 ? 'GET /health' : 'GET /help')),
    );
    const report = await replay(model, 'tiny.Live', [path], { simulation: false });
    expect(report.unmodelled).toEqual([
      { root: 'GET /help', count: 80 },
      { root: 'GET /health', count: 40 },
    ]);
    expect(report).toMatchObject({
      verdict: 'undecided',
      reason: 'no trace was matched',
      traces: { seen: 120, unmodelled: 120 },
    });
  });

  it('reports bad lines with file and line, and keeps the others', async () => {
    const path = await file('bad.jsonl', [
      ...orders.flatMap((n) => [shop(n), bank(n)]),
      'garbage',
      '{"resourceSpans": 7}',
    ]);
    const report = await replay(model, 'tiny.Live', [path], { simulation: false });
    expect(report).toMatchObject({ files: [{ spans: 360, rejected: 2 }], traces: { matched: 120 } });
    expect(report.problems.map(({ line: at }) => at)).toEqual([241, 242]);
  });

  it('is undecided for an empty recording', async () => {
    const report = await replay(model, 'tiny.Live', [await file('empty.jsonl', [])]);
    expect(report).toMatchObject({ verdict: 'undecided', reason: 'no trace was read' });
  });

  it('simulates the observed load and holds latencies against it', async () => {
    const slow = (n: number) => {
      const at = START + n * 100;
      return [
        line('Shop', [span(n, 1, 0, 'POST /order', 2, at, at + 400), span(n, 2, 1, 'POST', 3, at + 2, at + 398)]),
        line('Bank', [span(n, 3, 2, 'POST /charge', 2, at + 4, at + 396)]),
      ];
    };
    const path = await file('slow.jsonl', orders.flatMap(slow));
    const simulated: boolean[] = [];
    const report = await replay(model, 'tiny.Live', [path], {
      onProgress: ({ simulating }) => simulated.push(simulating),
    });
    expect(simulated).toContain(true);
    expect(report.divergences.map(({ kind }) => kind)).toContain('latency');
    const without = await replay(model, 'tiny.Live', [path], { simulation: false });
    expect(without.divergences).toEqual([]);
  });

  it('holds an expectation against the whole recording, not only its end', async () => {
    const timed = (n: number) => {
      const at = START + n * 100;
      const took = n > 150 && n <= 250 ? 1500 : 20;
      return [
        line('Shop', [span(n, 1, 0, 'POST /order', 2, at, at + took), span(n, 2, 1, 'POST', 3, at + 2, at + took - 2)]),
        line('Bank', [span(n, 3, 2, 'POST /charge', 2, at + 4, at + took - 4)]),
      ];
    };
    const path = await file('breached.jsonl', Array.from({ length: 500 }, (_, n) => timed(n + 1)).flat());
    const report = await replay(model, 'tiny.Live', [path], { simulation: false });
    expect(report.divergences).toMatchObject([{ kind: 'expectation-breached', status: 'resolved' }]);
    expect(report.expectations).toMatchObject([{ verdict: 'missed', reason: 'it was breached for a while' }]);
    expect(report).toMatchObject({ verdict: 'violates', reason: '1 divergence, 1 expectation missed' });
  });

  it('gives the same report every time, prediction included', async () => {
    const path = await file(
      'again.jsonl',
      orders.flatMap((n) => [shop(n), bank(n)]),
    );
    expect(await replay(model, 'tiny.Live', [path], { threads: 2 })).toEqual(
      await replay(model, 'tiny.Live', [path], { threads: 1 }),
    );
  });

  it('reports what was read when it is cancelled', async () => {
    const path = await file(
      'long.jsonl',
      orders.flatMap((n) => [shop(n), bank(n)]),
    );
    const report = await replay(model, 'tiny.Live', [path], { signal: AbortSignal.abort() });
    expect(report).toMatchObject({ verdict: 'undecided', reason: 'the replay was cancelled' });
  });

  it('rejects where a recording cannot be opened', async () => {
    await expect(replay(model, 'tiny.Live', [join(folder, 'nowhere.jsonl')])).rejects.toThrow(/ENOENT/);
  });
});
