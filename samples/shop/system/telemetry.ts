/** Sets up the OpenTelemetry SDK for one process. Knows nothing of orders, and nothing of who listens. */
import { context, propagation, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { PatientExporter } from './patient-exporter.ts';

const BATCH_DELAY_MS = 250;
/** A collector that is there but busy gets this long before a batch is given up. */
const EXPORT_TIMEOUT_MS = 4000;

export interface Telemetry {
  readonly tracer: Tracer;
  /** Sends what is left and stops. */
  shutdown(): Promise<void>;
}

export function startTelemetry(service: string): Telemetry {
  const endpoint = collectorEndpoint();
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: service,
      [ATTR_SERVICE_INSTANCE_ID]: `${service}-1`,
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new PatientExporter(exporter, new URL(endpoint)),
        scheduledDelayMillis: BATCH_DELAY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS + 1000,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return { tracer: trace.getTracer('shop'), shutdown: () => provider.shutdown() };
}

/** Without a trailing slash. */
export function collectorEndpoint(): string {
  const given = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  return (given || 'http://127.0.0.1:4318').replace(/\/+$/, '');
}
