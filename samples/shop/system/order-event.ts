/** What happens to an order is told as a short internal span with the order's id. Knows nothing of why it happened. */
import { type Attributes, SpanKind, type Tracer } from '@opentelemetry/api';
import { spanTime } from './span-clock.ts';

type OrderEvent = 'order.pay' | 'order.dispatched' | 'order.delivered' | 'order.cancelled' | 'order.refunded';

export interface OrderKey {
  readonly id: string;
  readonly total: number;
}

/** In the trace of the request that led to it. */
export function recordOrderEvent(
  tracer: Tracer,
  event: OrderEvent,
  order: OrderKey,
  attributes: Attributes = {},
): void {
  const about = { 'order.id': order.id, 'order.total': order.total, ...attributes };
  tracer.startSpan(event, { kind: SpanKind.INTERNAL, attributes: about, startTime: spanTime() }).end(spanTime());
}
