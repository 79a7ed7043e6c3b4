/** Takes orders, has them paid, and owns what becomes of them. */
import { Cores } from './cores.ts';
import { uniform } from './distribution.ts';
import { CORES, DEMAND } from './figures.ts';
import { Refusal } from './http-server.ts';
import { type OrderKey, recordOrderEvent } from './order-event.ts';
import { runService } from './service-process.ts';
import { Shipments } from './shipment.ts';

/** A slow parcel travels long enough for a customer to think twice. */
const TRAVEL_MS = { fast: [1000, 3000], slow: [5000, 8000] } as const;

/** Fault illegal-refund: the share of parcels that are refunded, and how long after they left. */
const ILLEGAL_SHARE = 0.3;
const ILLEGAL_AFTER_MS = 300;

runService('orders', ({ tracer, fault, client }) => {
  const cores = new Cores(CORES.orders);
  const stock = client('stock');
  const bank = client('bank');

  const shipments = new Shipments({
    // Both come long after the order's request was answered, and still in its trace: timers keep the active context.
    delivered: (order) => recordOrderEvent(tracer, 'order.delivered', order),
    shipping: (order) => {
      if (fault() !== 'illegal-refund' || Math.random() >= ILLEGAL_SHARE) return;
      setTimeout(() => {
        if (!shipments.isShipping(order.id)) return;
        recordOrderEvent(tracer, 'order.refunded', order, { amount: order.total });
      }, ILLEGAL_AFTER_MS);
    },
  });

  async function pay(order: OrderKey, method: string): Promise<boolean> {
    const paid =
      method !== 'card' || (await bank('POST', '/charge', { id: order.id, amount: order.total })).approved === true;
    recordOrderEvent(tracer, 'order.pay', order, { paid });
    return paid;
  }

  /** Resolves with the milliseconds until the courier has the parcel. */
  async function dispatch(order: OrderKey): Promise<number> {
    const reply = await stock('POST', '/dispatch', { ...order });
    return Number(reply.handover);
  }

  return {
    'POST /orders': async (body) => {
      await cores.work(DEMAND['Orders.create']);
      const order: OrderKey = { id: String(body.id), total: Number(body.total) };
      const [paid] = await Promise.all([
        pay(order, String(body.method)),
        fault() === 'skip-stock' ? undefined : stock('POST', '/reserve', { id: order.id }),
      ]);
      if (paid) {
        // Nobody waits for the warehouse. If it fails, its span says so.
        const [shortest, longest] = TRAVEL_MS[body.delivery === 'slow' ? 'slow' : 'fast'];
        shipments.expect(order, dispatch(order), uniform(shortest, longest));
      } else {
        await stock('POST', '/release', { id: order.id });
      }
      return { status: 201, body: { id: order.id, paid } };
    },
    'POST /orders/cancel': async (body) => {
      await cores.work(DEMAND['Orders.cancel']);
      const order = await shipments.stop(String(body.id));
      if (!order) throw new Refusal(409, 'this order cannot be cancelled any more');
      recordOrderEvent(tracer, 'order.cancelled', order);
      await bank('POST', '/refund', { id: order.id, amount: order.total });
      recordOrderEvent(tracer, 'order.refunded', order, { amount: order.total });
      return { status: 200, body: { id: order.id, refunded: order.total } };
    },
  };
});
