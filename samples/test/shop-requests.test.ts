import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attribute, drawTrace, eventually, named, type ObservedShop, observedShop } from './observed-shop.ts';

describe('the running shop', { timeout: 60_000 }, () => {
  let shop: ObservedShop;
  beforeAll(async () => {
    shop = await observedShop();
  }, 60_000);
  afterAll(() => shop?.close());

  it('shows a checkout paid by card as the calls of interaction Checkout', async () => {
    // The bank declines 4 % of the charges.
    for (let i = 0, paid = false; !paid; i++) {
      const reply = await shop.post('/checkout', { id: `card-${i}`, total: 50, method: 'card' });
      expect(reply.status).toBe(200);
      paid = reply.body.paid === true;
    }
    const spans = await shop.trace(
      (trace) =>
        trace.some(({ name }) => name === 'POST /charge') &&
        named(trace, 'order.dispatched').length === 1 &&
        trace.length >= 11,
    );
    expect(drawTrace(spans).filter((line) => !line.endsWith('order.delivered'))).toEqual([
      'web POST /checkout',
      '  ->',
      '    orders POST /orders',
      '      ->',
      '        bank POST /charge',
      '      ->',
      '        stock POST /dispatch',
      '          stock order.dispatched',
      '      ->',
      '        stock POST /reserve',
      '      orders order.pay',
    ]);
  });

  it('does not ask the bank about an invoice', async () => {
    await shop.order('invoice-1');
    const spans = await shop.trace(
      (trace) => trace.some((span) => attribute(span, 'order.id') === 'invoice-1') && trace.length >= 9,
    );
    expect(drawTrace(spans).join('\n')).not.toContain('bank');
  });

  it('tells server, client and internal spans apart and says what HTTP answered', async () => {
    await shop.order('kinds-1');
    const spans = await shop.trace(
      (trace) => trace.some((span) => attribute(span, 'order.id') === 'kinds-1') && trace.length >= 9,
    );
    for (const span of spans) {
      const kind = span.name.startsWith('order.') ? 1 : span.name === 'POST' ? 3 : 2;
      expect([span.name, span.kind]).toEqual([span.name, kind]);
      expect(span.status).toBeUndefined();
      if (kind !== 1) expect(attribute(span, 'http.response.status_code')).toMatch(/^20[01]$/);
    }
    expect(attribute(named(spans, 'POST /orders')[0]!, 'http.route')).toBe('/orders');
  });

  it('puts the id, the total and whether it was paid on the event order.pay', async () => {
    await shop.order('pay-1', { total: 12.5 });
    const pay = await eventually(() =>
      named(shop.spans, 'order.pay').find((s) => attribute(s, 'order.id') === 'pay-1'),
    );
    expect(attribute(pay, 'order.total')).toBe(12.5);
    expect(attribute(pay, 'paid')).toBe(true);
  });

  it('looks for the article and up to two more when a customer browses', async () => {
    for (let i = 0; i < 20; i++) await shop.browse();
    const browses = await eventually(() => {
      const traces = Map.groupBy(shop.spans, ({ traceId }) => traceId);
      // Each process sends its own spans: those of stock may come after those of web.
      const complete = [...traces.values()].filter(
        (trace) => named(trace, 'GET /browse').length === 1 && calls(trace) === named(trace, 'GET /stock').length,
      );
      return complete.length === 20 ? complete : undefined;
    });
    const counts = browses.map((trace) => named(trace, 'GET /stock').length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
  });

  it('refunds an order that is cancelled on its way, and refuses to cancel it twice', async () => {
    await shop.order('cancel-1', { total: 70, delivery: 'slow' });
    const cancelled = await shop.post('/cancel', { id: 'cancel-1' });
    expect(cancelled).toEqual({ status: 200, body: { id: 'cancel-1', refunded: 70 } });
    const spans = await shop.trace((trace) => named(trace, 'POST /cancel').length === 1 && trace.length === 7);
    expect(drawTrace(spans)).toEqual([
      'web POST /cancel',
      '  ->',
      '    orders POST /orders/cancel',
      '      ->',
      '        bank POST /refund',
      '      orders order.cancelled',
      '      orders order.refunded',
    ]);
    expect(attribute(named(spans, 'order.refunded')[0]!, 'amount')).toBe('70');
    expect((await shop.post('/cancel', { id: 'cancel-1' })).status).toBe(409);
  });

  it('reports dispatch before cancellation before refund', async () => {
    await shop.order('life-1', { delivery: 'slow' });
    await shop.post('/cancel', { id: 'life-1' });
    const life = await eventually(() => {
      const events = shop.spans.filter((span) => attribute(span, 'order.id') === 'life-1');
      return events.length === 4 ? events : undefined;
    });
    const inTime = life.toSorted((a, b) => Number(BigInt(a.endTimeUnixNano) - BigInt(b.endTimeUnixNano)));
    expect(inTime.map(({ name }) => name)).toEqual([
      'order.pay',
      'order.dispatched',
      'order.cancelled',
      'order.refunded',
    ]);
  });

  it('delivers an order that nobody cancels, in the trace of its checkout', async () => {
    await shop.order('deliver-1');
    const spans = await shop.trace((trace) =>
      named(trace, 'order.delivered').some((span) => attribute(span, 'order.id') === 'deliver-1'),
    );
    expect(drawTrace(spans)).toContain('      orders order.delivered');
  });

  it('answers a body that is no JSON object with 400, and an unknown route with 404', async () => {
    const web = `http://127.0.0.1:${shop.system.state.services.web?.port}`;
    expect((await fetch(`${web}/checkout`, { method: 'POST', body: '{"id":' })).status).toBe(400);
    expect((await fetch(`${web}/nowhere`)).status).toBe(404);
  });
});

/** How many client spans there are: what was asked for, whether or not the answering process has told of it yet. */
function calls(trace: ObservedShop['spans']): number {
  return trace.filter(({ kind }) => kind === 3).length;
}
