/** Ids are names where the text has them, else parent, kind and content. They outlive every insertion around them. */
import { allElements, type Model } from '@pollux/engine/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';
import { shopText } from '../shop-text.ts';

async function idsOf(text: string): Promise<string[]> {
  const { model, problems } = await modelOf(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...allElements(model as Model)].map(({ id }) => id);
}

const shopIds = await idsOf(shopText);

describe('the id of', () => {
  test.each([
    ['a state', 'shop.Order.Fulfilment.Review'],
    ['a transition', 'shop.Order.Created/on(Pay)->Paid'],
    ['an initial pseudostate', 'shop.Order/initial'],
    ['its transition', 'shop.Order/initial->Created'],
    ['a time transition', 'shop.Order.Created/after(30 s)->Expired'],
    ['an else branch', 'shop.Order.Risk/else->Fulfilment.Packing'],
    ['an unnamed region', 'shop.Order.Fulfilment/region'],
    [
      'a nested message, without the fragments around it',
      'shop.Checkout/customer->web.checkout/web->orders.create/orders->bank.charge',
    ],
    ['a combined fragment', 'shop.Checkout/customer->web.checkout/web->orders.create/alt[paid]'],
    ['its operand', 'shop.Checkout/customer->web.checkout/web->orders.create/alt[paid]/else'],
    ['a link', 'shop.Production/edge--app'],
    ['a load', 'shop.Weekday/load(Browse)'],
    ['an expectation with a name', 'shop.Weekday.fast'],
    ['an expectation without one', 'shop.Weekday/expect(utilization(app))'],
    ['a binding', 'shop.Live/Orders.create=span'],
    ['an event binding', 'shop.Live/Order/on(order.pay)->Pay'],
  ])('%s is `%s`', (_, id) => {
    expect(shopIds).toContain(id);
  });

  test('an equal neighbour has an ordinal behind it', async () => {
    const ids = await idsOf('signal P machine M { initial -> A state A { on P [1 > 2] -> B  on P -> B } state B }');
    expect(ids).toContain('M.A/on(P)->B');
    expect(ids).toContain('M.A/on(P)->B#2');
  });
});

/** Places in the sample where something can be inserted, with something that fits. */
const insertions: readonly (readonly [before: string, text: string])[] = [
  ['machine Order(', 'signal Inserted(x: Integer)\n'],
  ['component WebShop', 'machine Extra { initial -> One state One { after 1 s -> One } }\n'],
  ['var attempts', 'var inserted: Integer = 1\n'],
  ['initial -> Created', 'state Inserted { after 5 min -> Created }\n'],
  ['entry / attempts', 'on Refund -> Refunded\n'],
  ['[total > 400]', '[total > 9000] -> Closed\n'],
  ['state Review {', 'state Waiting { after 1 s -> Review }\n'],
  ['operation browse', 'operation inserted(x: Integer) takes 1 ms\n'],
  ['operation find', 'operation count takes 1 ms\n'],
  ['customer -> web.checkout', 'customer -> web.browse("sku")\n'],
  ['web -> orders.create', 'web -> stock.find("sku")\n'],
  ['orders ->> order : Pay', 'orders -> stock.find("sku")\n'],
  ['alt [paid]', 'opt [total > 77] { orders -> stock.find("other") }\n'],
  ['paid = orders', 'orders -> stock.dispatch(id)\n'],
  ['node app *', 'node cache { cores 1 }\n'],
  ['app -- store', 'edge -- edge { latency 2 ms }\n'],
  ['load Browse(sku: "sku") at 8/s', 'load Checkout at 1/s\n'],
  ['expect utilization(app) < 60 %', 'expect throughput(Browse) > 1/s\n'],
  ['WebShop.browse   =', 'Orders = service "orders"\n'],
  ['on span "order.dispatched"', 'on log "paid" / Pay(ok: true)\n'],
];

test('an insertion changes the id of nothing else', async () => {
  const property = fc.asyncProperty(fc.subarray([...insertions], { minLength: 1, maxLength: 6 }), async (chosen) => {
    let text = shopText;
    for (const [before, inserted] of chosen) {
      expect(text).toContain(before);
      text = text.replace(before, () => `${inserted}${before}`);
    }
    const ids = new Set(await idsOf(text));
    expect(shopIds.filter((id) => !ids.has(id))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 40 });
}, 60_000);

test('each single insertion adds something', async () => {
  for (const [before, inserted] of insertions) {
    const ids = await idsOf(shopText.replace(before, () => `${inserted}${before}`));
    expect(ids.length, inserted).toBeGreaterThan(shopIds.length);
  }
}, 60_000);

test('wrapping messages in a fragment keeps their ids', async () => {
  const wrapped = shopText.replace('orders -> stock.release(id)', 'opt [total > 1] { orders -> stock.release(id) }');
  const ids = new Set(await idsOf(wrapped));
  expect(shopIds.filter((id) => !ids.has(id))).toEqual([]);
});
