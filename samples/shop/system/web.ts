/** What the customers see of the shop. */
import { Cores } from './cores.ts';
import { CORES, DEMAND } from './figures.ts';
import { runService } from './service-process.ts';

runService('web', ({ client }) => {
  const cores = new Cores(CORES.web);
  const orders = client('orders');
  const stock = client('stock');
  return {
    'POST /checkout': async (body) => {
      await cores.work(DEMAND['WebShop.checkout']);
      return { status: 200, body: await orders('POST', '/orders', body) };
    },
    'GET /browse': async (query) => {
      await cores.work(DEMAND['WebShop.browse']);
      // The article itself and up to two that go with it.
      const lookups = 1 + Math.floor(Math.random() * 3);
      for (let i = 0; i < lookups; i++) await stock('GET', '/stock', { sku: String(query.sku), variant: i });
      return { status: 200, body: { found: lookups } };
    },
    'POST /cancel': async (body) => {
      await cores.work(DEMAND['WebShop.cancel']);
      return { status: 200, body: await orders('POST', '/orders/cancel', body) };
    },
  };
});
