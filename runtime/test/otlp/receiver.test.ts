import { randomBytes } from 'node:crypto';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { gzipSync } from 'node:zlib';
import type { Observation } from '@pollux/engine/observation';
import { type MetricName, OtlpReceiver, type OtlpReceiverOptions } from '@pollux/runtime';
import { Reader } from 'protobufjs/minimal.js';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeLogs, encodeMetrics, encodeTraces, jsonTraces } from './encode-otlp.ts';
import { exampleSpan } from './example-span.ts';

const groups = [{ resource: { 'service.name': 'orders' }, records: [exampleSpan] }];
const protobuf = { 'Content-Type': 'application/x-protobuf' };
const json = { 'Content-Type': 'application/json' };

const running: OtlpReceiver[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((receiver) => receiver.stop()));
});

async function started(options: Partial<OtlpReceiverOptions> = {}) {
  const received: Observation[] = [];
  const receiver = new OtlpReceiver({ ports: [0], onObservations: (batch) => received.push(...batch), ...options });
  running.push(receiver);
  const { ports } = await receiver.start();
  const url = `http://127.0.0.1:${ports[0]}`;
  const post = (path: string, headers: Record<string, string>, body: Uint8Array | string) =>
    fetch(`${url}${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : Buffer.from(body) });
  return { receiver, received, url, port: ports[0] ?? 0, post };
}

/** `google.rpc.Status`, or the partial success with its first field left out. */
function statusOf(bytes: Uint8Array): { code: number; message: string } {
  const reader = Reader.create(bytes);
  let code = 0;
  let message = '';
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 8) code = reader.int32();
    else if (tag === 18) message = reader.string();
    else reader.skipType(tag & 7);
  }
  return { code, message };
}

describe('the OTLP receiver', () => {
  it('takes spans as protobuf, JSON and gzip, and answers in the encoding of the request', async () => {
    const { post, received, receiver } = await started();
    const asProtobuf = await post('/v1/traces', protobuf, encodeTraces(groups));
    expect([asProtobuf.status, asProtobuf.headers.get('content-type')]).toEqual([200, 'application/x-protobuf']);
    expect((await asProtobuf.bytes()).length).toBe(0);
    const asJson = await post('/v1/traces', { 'Content-Type': 'application/json; charset=utf-8' }, jsonTraces(groups));
    expect([asJson.status, await asJson.json()]).toEqual([200, {}]);
    const packed = await post(
      '/v1/traces',
      { ...protobuf, 'Content-Encoding': 'gzip' },
      gzipSync(encodeTraces(groups)),
    );
    expect(packed.status).toBe(200);
    expect(received).toHaveLength(3);
    expect(receiver.counters).toMatchObject({ requests: 3, spans: 3, refused: 0 });
  });

  it('takes logs, and counts metrics without using them', async () => {
    const { post, received, receiver } = await started();
    const log = { time: 5000n, body: 'order cancelled', traceId: '', spanId: '', attributes: {} };
    expect((await post('/v1/logs', protobuf, encodeLogs([{ resource: {}, records: [log] }]))).status).toBe(200);
    expect((await post('/v1/metrics', protobuf, new Uint8Array([10, 0]))).status).toBe(200);
    expect(received).toMatchObject([{ kind: 'log', time: 5, body: 'order cancelled' }]);
    expect(receiver.counters).toMatchObject({ logs: 1, metrics: 1 });
  });

  it('hands on what metrics are called, in both encodings, and accepts what it cannot read of them', async () => {
    const metrics: MetricName[] = [];
    const { post, receiver } = await started({ onMetricNames: (names) => metrics.push(...names) });
    const resource = { 'service.name': 'orders' };
    const name = 'process.cpu.utilization';
    const asJson = {
      resourceMetrics: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] },
          scopeMetrics: [{ metrics: [{ name, gauge: { dataPoints: [{ asDouble: 0.5 }] } }] }],
        },
      ],
    };
    const answers = [
      await post('/v1/metrics', protobuf, encodeMetrics([{ resource, records: [name, 'queue.length'] }])),
      await post('/v1/metrics', json, JSON.stringify(asJson)),
      await post('/v1/metrics', json, '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":7}]}]}]}'),
      await post('/v1/metrics', json, 'none'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(metrics.map((metric) => `${metric.service} ${metric.name}`)).toEqual([
      `orders ${name}`,
      'orders queue.length',
      `orders ${name}`,
    ]);
    expect(receiver.counters).toMatchObject({ metrics: 4, refused: 0 });
  });

  it('keeps the good spans beside broken ones and answers with a partial success', async () => {
    const { post, received, receiver } = await started();
    const mixed = [{ resource: {}, records: [exampleSpan, { ...exampleSpan, traceId: 'ab' }, exampleSpan] }];
    const answer = await (await post('/v1/traces', json, jsonTraces(mixed))).json();
    expect(answer).toEqual({
      partialSuccess: {
        rejectedSpans: '1',
        errorMessage: '$.resourceSpans[0].scopeSpans[0].spans[1].traceId has 2 digits instead of 32',
      },
    });
    const asProtobuf = await post('/v1/traces', protobuf, encodeTraces(mixed));
    const reader = Reader.create(await asProtobuf.bytes());
    expect([reader.uint32(), reader.uint32() > 0]).toEqual([10, true]);
    expect([reader.uint32(), reader.uint32()]).toEqual([8, 1]);
    expect(received).toHaveLength(4);
    expect(receiver.counters).toMatchObject({ spans: 4, rejected: 2, refused: 0 });
  });

  it('answers 400 with the reason to a body that is not OTLP, and keeps what came before and after', async () => {
    const { post, received } = await started();
    await post('/v1/traces', protobuf, encodeTraces(groups));
    const asJson = await post('/v1/traces', json, 'hello');
    expect(asJson.status).toBe(400);
    expect(await asJson.json()).toMatchObject({ code: 3, message: expect.stringContaining('it is not JSON') });
    const asProtobuf = await post('/v1/traces', protobuf, encodeTraces(groups).slice(0, -5));
    expect(asProtobuf.status).toBe(400);
    expect(statusOf(await asProtobuf.bytes())).toMatchObject({
      code: 3,
      message: expect.stringMatching(/past the end.*byte \d+/),
    });
    await post('/v1/traces', protobuf, encodeTraces(groups));
    expect(received).toHaveLength(2);
  });

  it('answers 400 to random bytes', async () => {
    const { post, received } = await started();
    for (let length = 1; length < 40; length++) {
      // Field number 0, whatever follows: no protobuf at all.
      const response = await post('/v1/traces', protobuf, Buffer.concat([Buffer.from([0]), randomBytes(length)]));
      expect(response.status).toBe(400);
    }
    expect(received).toEqual([]);
  });

  it('answers 413 above the limit, whether the size is told before or not', async () => {
    const { post, received, port } = await started({ maximumBody: 1000 });
    const told = await post('/v1/traces', protobuf, new Uint8Array(200_000));
    expect([told.status, statusOf(await told.bytes()).message]).toEqual([
      413,
      'The body is larger than 1000 bytes; send smaller batches.',
    ]);
    const untold = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({ port, path: '/v1/traces', method: 'POST', headers: protobuf }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      for (let part = 0; part < 20; part++) request.write(new Uint8Array(10_000));
      request.end();
    });
    expect(untold).toBe(413);
    expect((await post('/v1/traces', protobuf, encodeTraces(groups))).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('answers 413 to a small body that unpacks to a huge one', async () => {
    const { post } = await started();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const response = await post('/v1/traces', { ...protobuf, 'Content-Encoding': 'gzip' }, bomb);
    expect([response.status, statusOf(await response.bytes()).message]).toEqual([
      413,
      'The body is larger than 16777216 bytes when unpacked; send smaller batches.',
    ]);
  });

  it('answers 400 to a body that only claims to be gzip', async () => {
    const { post } = await started();
    const response = await post('/v1/traces', { ...json, 'Content-Encoding': 'gzip' }, jsonTraces(groups));
    expect([response.status, ((await response.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining('not valid gzip'),
    ]);
  });

  it.each([
    ['an unknown path', 404, '/v1/profiles', 'POST', json],
    ['another method', 405, '/v1/traces', 'GET', json],
    ['another content type', 415, '/v1/traces', 'POST', { 'Content-Type': 'text/plain' }],
    ['another content encoding', 415, '/v1/traces', 'POST', { ...json, 'Content-Encoding': 'br' }],
  ])('answers %s with %i', async (_, status, path, method, headers) => {
    const { url, receiver } = await started();
    const response = await fetch(`${url}${path}`, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });
    expect(response.status).toBe(status);
    expect(((await response.json()) as { message: string }).message).not.toBe('');
    expect(response.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
    expect(receiver.counters.refused).toBe(1);
  });

  it('reports a taken port with what to do, and opens the others', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const receiver = new OtlpReceiver({ ports: [port, 0], onObservations: () => {} });
    running.push(receiver);
    const { ports, problems } = await receiver.start();
    taken.close();
    expect(ports).toHaveLength(1);
    expect(problems).toEqual([
      {
        kind: 'port-in-use',
        port,
        message: `Port ${port} is in use by another program. Stop that collector, or write another port: \`source otlp on ${port + 1}\`.`,
      },
    ]);
  });

  it('is reached as localhost, and gone after stop', async () => {
    const { receiver, url, port } = await started();
    expect(await fetch(`http://localhost:${port}/`).then((response) => response.status)).toBe(404);
    await receiver.stop();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('is not reached from other machines', async (ctx) => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (outside === undefined) ctx.skip('this machine has no address but loopback');
    const { port } = await started();
    await expect(fetch(`http://${outside?.address}:${port}/`)).rejects.toThrow();
  });
});
