/** A shop without customers whose spans are collected, for tests that act as the customer. */
import type { JsonSpan } from '../shop/record/otlp-protobuf.ts';
import { openSpanSink, type SpanSink } from '../shop/record/span-sink.ts';
import { exchange } from '../shop/system/http-client.ts';
import type { Body, Reply } from '../shop/system/http-server.ts';
import { type ShopSystem, startSystem } from '../shop/system/shop-system.ts';

export type SeenSpan = JsonSpan & { readonly service: string };

export interface ObservedShop {
  readonly system: ShopSystem;
  readonly spans: readonly SeenSpan[];
  post(path: string, body: Body): Promise<Reply>;
  /** A checkout paid by invoice, which the bank has no say in. */
  order(id: string, extra?: Body): Promise<Reply>;
  browse(): Promise<Reply>;
  /** Resolves with the spans of the first trace, among those yet to come too, for which `complete` holds. */
  trace(complete: (spans: readonly SeenSpan[]) => boolean): Promise<readonly SeenSpan[]>;
  close(): Promise<void>;
}

const PATIENCE_MS = 20_000;

export async function observedShop(): Promise<ObservedShop> {
  const spans: SeenSpan[] = [];
  const sink: SpanSink = await openSpanSink((request) => {
    for (const { resource, scopeSpans } of request.resourceSpans) {
      const service = String(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      for (const scope of scopeSpans) for (const span of scope.spans) spans.push({ ...span, service });
    }
  });
  const system = await startSystem(
    { port: 0, rates: { checkouts: 0, browses: 0, cancels: 0 }, collector: sink.endpoint },
    (reason) => {
      throw new Error(reason);
    },
  );
  const web = system.state.services.web?.port ?? 0;
  const post = (path: string, body: Body) => exchange(web, 'POST', path, body);
  return {
    system,
    spans,
    post,
    order: (id, extra = {}) => post('/checkout', { id, total: 50, method: 'invoice', ...extra }),
    browse: () => exchange(web, 'GET', '/browse', { sku: 'sku-1' }),
    trace: (complete) =>
      eventually(
        () => [...Map.groupBy(spans, ({ traceId }) => traceId).values()].find(complete),
        () => listed(spans),
      ),
    close: async () => {
      await system.stop();
      await sink.close();
    },
  };
}

/** Waits until there is a value; gives up loudly. */
export async function eventually<T>(look: () => T | undefined, otherwise: () => string = () => ''): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`it never came. ${otherwise()}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}

/** One line a span, children under their parents in the order of their names; client spans shown as arrows. */
export function drawTrace(spans: readonly SeenSpan[]): string[] {
  const under = (parent: string | undefined, depth: number): string[] =>
    spans
      .filter(({ parentSpanId }) => parentSpanId === parent)
      .map((span) => [
        `${'  '.repeat(depth)}${span.kind === 3 ? '->' : `${span.service} ${span.name}`}`,
        ...under(span.spanId, depth + 1),
      ])
      .sort((a, b) => (a.join() < b.join() ? -1 : 1))
      .flat();
  return under(undefined, 0);
}

export function attribute(span: SeenSpan, key: string): unknown {
  const value = span.attributes.find((pair) => pair.key === key)?.value;
  return value === undefined ? undefined : Object.values(value)[0];
}

export function named(spans: readonly SeenSpan[], name: string): SeenSpan[] {
  return spans.filter((span) => span.name === name && span.kind !== 3);
}

function listed(spans: readonly SeenSpan[]): string {
  return `Seen: ${spans.map(({ service, name }) => `${service} ${name}`).join(', ')}`;
}
