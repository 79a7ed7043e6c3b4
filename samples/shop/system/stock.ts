/** The warehouse: reserves, releases, and hands parcels over to the courier. */
import { Cores } from './cores.ts';
import { uniform } from './distribution.ts';
import { CORES, DEMAND, REVIEW_ABOVE } from './figures.ts';
import { recordOrderEvent } from './order-event.ts';
import { runService } from './service-process.ts';

runService('stock', ({ tracer }) => {
  const cores = new Cores(CORES.stock);
  return {
    'GET /stock': async () => {
      await cores.work(DEMAND['Stock.find']);
      return { status: 200, body: { available: true } };
    },
    'POST /reserve': async () => {
      await cores.work(DEMAND['Stock.reserve']);
      return { status: 200, body: { reserved: true } };
    },
    'POST /release': async () => {
      await cores.work(DEMAND['Stock.release']);
      return { status: 200, body: { released: true } };
    },
    'POST /dispatch': async (body) => {
      await cores.work(DEMAND['Stock.dispatch']);
      const id = String(body.id);
      const total = Number(body.total);
      // A parcel under review leaves only when the 200 ms of the review are safely over.
      const handover = uniform(total > REVIEW_ABOVE ? 400 : 100, 600);
      // The timer keeps the active context, so the event belongs to this request's trace.
      setTimeout(() => recordOrderEvent(tracer, 'order.dispatched', { id, total }), handover);
      return { status: 200, body: { handover } };
    },
  };
});
