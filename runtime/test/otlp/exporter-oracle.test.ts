import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Observation } from '@pollux/engine/observation';
import { decodeJson, decodeProtobufTraces, OtlpReceiver } from '@pollux/runtime';
import { expect, it } from 'vitest';

/** Spans as the public SDK makes them. */
function recorded() {
  const memory = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'orders', 'service.instance.id': 'orders-7' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter: memory })],
  });
  const tracer = provider.getTracer('oracle');
  const linked = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: TraceFlags.SAMPLED,
  };
  const span = tracer.startSpan('POST /orders', {
    kind: SpanKind.SERVER,
    startTime: [1_700_000_000, 123_456_789],
    attributes: { 'order.id': 'ö-1', total: 12.5, count: 3, negative: -4, paid: true, tags: ['a', 'b'] },
    links: [{ context: linked }],
  });
  span.addEvent('order.pay', { paid: false }, [1_700_000_000, 200_000_000]);
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'no stock' });
  span.end([1_700_000_001, 500]);
  return memory.getFinishedSpans();
}

const expected = {
  kind: 'span',
  parentSpanId: '',
  name: 'POST /orders',
  spanKind: 'server',
  start: 1_700_000_000_123_456 + 0.75,
  end: 1_700_000_001_000_000.5,
  status: 'error',
  service: 'orders',
  instance: 'orders-7',
  attributes: { 'order.id': 'ö-1', total: 12.5, count: 3, negative: -4, paid: true, tags: '["a","b"]' },
  events: [{ name: 'order.pay', time: 1_700_000_000_200_000, attributes: { paid: false } }],
  links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
};

it('reads what the public exporter writes as protobuf', () => {
  const spans = recorded();
  const decoded = decodeProtobufTraces(ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array());
  const { traceId, spanId } = spans[0]?.spanContext() ?? {};
  expect(structuredClone(decoded)).toEqual({
    kind: 'decoded',
    rejected: 0,
    reasons: [],
    observations: [{ ...expected, traceId, spanId }],
  });
});

it('reads what the public exporter writes as JSON', () => {
  const spans = recorded();
  const decoded = decodeJson(Buffer.from(JsonTraceSerializer.serializeRequest(spans) ?? []).toString(), 'traces');
  const { traceId, spanId } = spans[0]?.spanContext() ?? {};
  expect(structuredClone(decoded)).toEqual({
    kind: 'decoded',
    rejected: 0,
    reasons: [],
    observations: [{ ...expected, traceId, spanId }],
  });
});

it('takes what the public exporter sends, packed, and answers what it understands', async () => {
  const received: Observation[] = [];
  const receiver = new OtlpReceiver({ ports: [0], onObservations: (batch) => received.push(...batch) });
  const { ports } = await receiver.start();
  const exporter = new OTLPTraceExporter({
    url: `http://127.0.0.1:${ports[0]}/v1/traces`,
    compression: CompressionAlgorithm.GZIP,
  });
  const result = await new Promise((resolve) => exporter.export(recorded(), resolve));
  await exporter.shutdown();
  await receiver.stop();
  expect(result).toMatchObject({ code: 0 });
  expect(received).toMatchObject([{ kind: 'span', name: 'POST /orders', service: 'orders', start: expected.start }]);
});
