/** Spans for tests, written as the tree of what happened. Times in milliseconds from the beginning of a recording. */
import type { AttributeValue, LogRecord, Span } from '@pollux/engine/observation';

/** 2026-11-22T00:00:00Z, microseconds. */
export const EPOCH = 1_795_305_600_000_000;

export interface Happening {
  readonly service: string;
  readonly name: string;
  /** After the parent's start; behind the sibling before where absent. */
  readonly after?: number;
  /** Of what is not spent in the children. */
  readonly takes?: number;
  readonly kind?: Span['spanKind'];
  readonly status?: Span['status'];
  readonly attributes?: Record<string, AttributeValue>;
  readonly links?: Span['links'];
  /** Runs on after its parent's end, and the next sibling does not wait for it. */
  readonly asynchronous?: boolean;
  readonly children?: readonly Happening[];
}

/** The spans of one trace, parents first. */
export function spansOf(traceId: string, root: Happening, at = 0): Span[] {
  const spans: Span[] = [];
  place(root, traceId, '', EPOCH + at * 1000, spans);
  return spans;
}

/** A request that a service answers. */
export function server(service: string, name: string, ...children: readonly Happening[]): Happening {
  return { service, name, kind: 'server', children };
}

/** The caller's side of a call around the callee's. */
export function client(service: string, ...children: readonly Happening[]): Happening {
  return { service, name: 'POST', kind: 'client', takes: 1, children };
}

export function internal(service: string, name: string, ...children: readonly Happening[]): Happening {
  return { service, name, kind: 'internal', takes: 1, children };
}

export function log(service: string, body: string, at: number, attributes: Record<string, AttributeValue>): LogRecord {
  return { kind: 'log', time: EPOCH + at * 1000, service, body, traceId: '', spanId: '', attributes };
}

/** Returns the end. */
function place(happening: Happening, traceId: string, parentSpanId: string, start: number, spans: Span[]): number {
  const { service, name, takes = 10, kind = 'server', status = 'unset', attributes = {}, links = [] } = happening;
  const spanId = `${traceId}-${spans.length}`;
  const index = spans.length;
  spans.push({
    kind: 'span',
    traceId,
    spanId,
    parentSpanId,
    name,
    spanKind: kind,
    start,
    end: start,
    status,
    service,
    instance: service,
    attributes,
    events: [],
    links,
  });
  let clock = start + (takes * 1000) / 2;
  for (const child of happening.children ?? []) {
    const begin = child.after === undefined ? clock : start + child.after * 1000;
    const end = place(child, traceId, spanId, begin, spans);
    clock = child.asynchronous === true ? Math.max(clock, begin + 100) : Math.max(clock, end + 100);
  }
  const end = clock + (takes * 1000) / 2;
  spans[index] = { ...(spans[index] as Span), end };
  return end;
}
