/** A small model with the telemetry of the system that it describes, healthy or not, for the tests of the twin. */
import type { Model } from '@pollux/engine/model';
import type { Span } from '@pollux/engine/observation';
import type { MeasuredValue, SimulationResult } from '@pollux/engine/simulation';
import { type TwinOptions, TwinSession } from '@pollux/engine/twin';
import { modelOf } from '@pollux/language-server/language';
import { client, EPOCH, type Happening, internal, server, spansOf } from '../observation/span-builder.ts';

const text = `
signal Pay(ok: Boolean)
signal Dispatched
signal Delivered
signal Returned
signal Refund(amount: Real)
signal Audit

machine Order(id: String, total: Real) {
  initial -> Created
  state Created { on Pay(ok) [ok] -> Risk  on Pay(ok) [not ok] -> Declined }
  choice Risk { [total > 400] -> Review  else -> Packing }
  state Review { after 200 ms -> Packing }
  state Packing { on Dispatched -> Shipping }
  state Shipping { on Delivered -> Closed  on Returned -> Refunding }
  state Refunding { on Refund(amount) -> Closed }
  final Closed, Declined
}

component Web { operation checkout() takes 5 ms }
component Orders { operation create(): Boolean takes 5 ms  owns Order }
component Stock { operation reserve() takes 5 ms  operation dispatch() takes 5 ms }
component Bank external { operation charge(): Boolean delays 60 ms }

interaction Checkout() {
  actor customer
  lifeline web: Web, orders: Orders, stock: Stock, bank: Bank
  lifeline order: Order(id: "o", total: 1)
  customer -> web.checkout() within 900 ms {
    web -> orders.create() {
      orders -> stock.reserve()
      opt [1 > 0] 80 % { orders -> bank.charge() }
      orders ->> order : Pay(ok: true)
      orders ->> stock.dispatch()
    }
  }
}
deployment Production { node n { cores 4  deploy Web  deploy Orders  deploy Stock } }
scenario Normal of Production { load Checkout() at 10/s  run 1 min }
scenario Mixed of Production { load Checkout() at 30/s  load Checkout() at 10/s  run 1 min }
twin Live of Production {
  lateness 1 s
  Orders.create = span "POST /orders"
  Order(id: attribute("order.id"), total: attribute("order.total")) by attribute "order.id" {
    on span "paid" / Pay(ok: attribute("ok"))
    on start of span "handover" / Dispatched
    on log "delivered" / Delivered
    on span "refunded" [attribute("test") != true] / Refund(amount: attribute("amount"))
    on span "audited" / Audit
  }
  expect fast: p95(Checkout) < 300 ms over 10 s
  expect drift: p50(Orders.create) within 50 % of simulation over 10 s
  expect busy: utilization(Orders) < 50 %
}
`;

let loaded: Promise<Model> | undefined;

export function shopModel(): Promise<Model> {
  loaded ??= modelOf(text).then(({ model, problems }) => {
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (model === null || errors.length > 0) throw new Error(JSON.stringify(errors));
    return model;
  });
  return loaded;
}

export async function shopSession(options?: TwinOptions): Promise<TwinSession> {
  return new TwinSession(await shopModel(), 'Live', options);
}

export interface CheckoutFault {
  readonly skipStock?: boolean;
  /** Milliseconds. */
  readonly charge?: number;
  readonly foreign?: boolean;
  readonly swapped?: boolean;
  /** Stock is asked three times. */
  readonly thrice?: boolean;
  /** Takes no card: the bank is not asked. */
  readonly invoice?: boolean;
}

/** The spans of one checkout. */
export function checkout(traceId: string, at: number, fault: CheckoutFault = {}): Span[] {
  const reserve = client('orders', server('stock', 'reserve'));
  const charge = client('orders', { ...server('bank', 'charge'), takes: fault.charge ?? 60 });
  const dispatch: Happening = { ...client('orders', server('stock', 'dispatch')), asynchronous: true };
  const work = [
    ...(fault.skipStock === true ? [] : [reserve]),
    ...(fault.thrice === true ? [reserve, reserve] : []),
    ...(fault.invoice === true ? [] : [charge]),
    ...(fault.foreign === true ? [client('orders', server('web', 'checkout'))] : []),
  ];
  const ordered = fault.swapped === true ? work.toReversed() : work;
  const create = server('orders', 'POST /orders', internal('orders', 'sql'), ...ordered, dispatch);
  return spansOf(traceId, server('web', 'checkout', client('web', create)), at);
}

/** `perSecond` checkouts a second from `from` to `to`, seconds; `fault` says what is wrong at a time. */
export function checkouts(
  from: number,
  to: number,
  perSecond: number,
  fault: (at: number) => CheckoutFault = () => ({}),
): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < (to - from) * perSecond; i++) {
    const at = from + i / perSecond;
    spans.push(...checkout(`t${Math.round(at * 1000)}`, at * 1000, { invoice: i % 5 === 4, ...fault(at) }));
  }
  return spans;
}

/** As exporters deliver them: by their end. */
export function inOrderOfEnd(spans: readonly Span[]): Span[] {
  return spans.toSorted((a, b) => a.end - b.end);
}

/** Feeds spans one by one; calls `look` after each with the event time in seconds. */
export function feed(session: TwinSession, spans: readonly Span[], look: (at: number) => void = () => {}): void {
  for (const span of inOrderOfEnd(spans)) {
    session.observe([span]);
    look((span.end - EPOCH) / 1e6);
  }
}

/** An event of an order, seconds. */
export function orderEvent(name: string, id: string, at: number, attributes: Span['attributes'] = {}): Span {
  const happening = internal('orders', name);
  const [span] = spansOf(
    `e-${name}-${id}-${at}`,
    { ...happening, attributes: { 'order.id': id, 'order.total': 10, ...attributes } },
    at * 1000,
  );
  return span as Span;
}

/** A result that says what calls of messages take, in seconds. */
export function predicting(p50s: Readonly<Record<string, number>>): SimulationResult {
  const measures = Object.entries(p50s).flatMap(([element, p50]): MeasuredValue[] =>
    (['p50', 'p95'] as const).map((measure) => ({
      element,
      measure,
      unit: 's',
      value: p50 * (measure === 'p50' ? 1 : 2),
      lower: p50 * 0.95,
      upper: p50 * 1.05,
      confidence: 0.95,
      samples: 1000,
      status: 'ok',
    })),
  );
  return {
    schema: 2,
    model: 'file:///model.twin',
    scenario: 'Normal@observed',
    seed: 1,
    replications: 5,
    simulated_s: 125,
    measures,
    expectations: [],
    findings: [],
    counters: { started: 1, finished: 1, failed: 0, refused: 0, unfinished: 0, events: 1 },
    latencies: [],
    series: { step_s: 0, from_s: 0, buckets: 0, elements: [] },
    events: [],
    eventCounts: [],
  };
}

/** The ids of messages, by the name of the operation called. */
export const messages = {
  checkout: 'Checkout/customer->web.checkout',
  create: 'Checkout/customer->web.checkout/web->orders.create',
  reserve: 'Checkout/customer->web.checkout/web->orders.create/orders->stock.reserve',
  charge: 'Checkout/customer->web.checkout/web->orders.create/orders->bank.charge',
  dispatch: 'Checkout/customer->web.checkout/web->orders.create/orders->>stock.dispatch',
} as const;
