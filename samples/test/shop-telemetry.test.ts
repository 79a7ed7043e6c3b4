import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, InMemorySpanExporter, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import type { JsonSpan } from '../shop/record/otlp-protobuf.ts';
import { openSpanSink } from '../shop/record/span-sink.ts';
import { PatientExporter } from '../shop/system/patient-exporter.ts';

describe('telemetry of the shop', () => {
  it('keeps nothing while nobody listens, and delivers what comes after somebody does', {
    timeout: 30_000,
  }, async () => {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const exporter = new PatientExporter(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), new URL(endpoint));
    const processor = new BatchSpanProcessor({ exporter, scheduledDelayMillis: 60_000, maxQueueSize: 1000 });
    const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test');

    // Twenty times what the queue holds: nothing may pile up, so nothing stale may come out later.
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 500; i++) tracer.startSpan('unheard').end();
      await processor.forceFlush();
    }
    const heard: JsonSpan[] = [];
    const sink = await openSpanSink(({ resourceSpans }) => {
      heard.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    }, port);
    tracer.startSpan('heard').end();
    await processor.forceFlush();
    expect(heard.map(({ name }) => name)).toEqual(['heard']);

    await processor.shutdown();
    await sink.close();
  });

  it('does not hand spans to the exporter while nobody listens', async () => {
    const inner = new InMemorySpanExporter();
    const exporter = new PatientExporter(inner, new URL(`http://127.0.0.1:${await freePort()}`));
    const code = await new Promise((done) => exporter.export([{} as ReadableSpan], (result) => done(result.code)));
    expect(code).toBe(ExportResultCode.SUCCESS);
    expect(inner.getFinishedSpans()).toHaveLength(0);
  });

  it('asks again whether somebody listens after a delivery failed', async () => {
    let deliveries = 0;
    const failing = {
      export: (_: ReadableSpan[], done: (result: { code: ExportResultCode }) => void) => {
        deliveries += 1;
        done({ code: ExportResultCode.FAILED });
      },
      shutdown: () => Promise.resolve(),
    };
    const listener = createServer((socket) => socket.destroy());
    const { port } = await new Promise<AddressInfo>((resolve) =>
      listener.listen(0, '127.0.0.1', () => resolve(listener.address() as AddressInfo)),
    );
    const exporter = new PatientExporter(failing, new URL(`http://127.0.0.1:${port}`));
    const once = () => new Promise((done) => exporter.export([{} as ReadableSpan], done));
    await once();
    expect(deliveries).toBe(1);
    await new Promise((closed) => listener.close(closed));
    await once();
    expect(deliveries).toBe(1);
  });
});

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
