/**
 * Exports only while somebody listens. The SDK's exporter would retry a refused connection for seconds and then
 * deliver stale halves of traces; here a batch that nobody takes is dropped at once, and the next one asks again.
 */
import { connect } from 'node:net';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

const PROBE_TIMEOUT_MS = 1000;

export class PatientExporter implements SpanExporter {
  readonly #inner: SpanExporter;
  readonly #collector: URL;
  #listening = false;

  constructor(inner: SpanExporter, collector: URL) {
    this.#inner = inner;
    this.#collector = collector;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    if (this.#listening) {
      this.#deliver(spans, done);
      return;
    }
    answers(this.#collector).then((listening) => {
      if (listening) this.#deliver(spans, done);
      // Dropping them is what is meant to happen, so it is not reported as an error.
      else done({ code: ExportResultCode.SUCCESS });
    });
  }

  #deliver(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#inner.export(spans, (result) => {
      this.#listening = result.code === ExportResultCode.SUCCESS;
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  async shutdown(): Promise<void> {
    await this.#inner.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.#inner.forceFlush?.();
  }
}

/** Whether a TCP connection can be made. */
function answers(collector: URL): Promise<boolean> {
  const port = Number(collector.port) || (collector.protocol === 'https:' ? 443 : 80);
  return new Promise((resolve) => {
    const socket = connect({ host: collector.hostname.replace(/^\[|\]$/g, ''), port, timeout: PROBE_TIMEOUT_MS });
    const settle = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
