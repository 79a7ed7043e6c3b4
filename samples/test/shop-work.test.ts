import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Cores } from '../shop/system/cores.ts';
import { type Distribution, exponential, lognormal } from '../shop/system/distribution.ts';
import type { OrderKey } from '../shop/system/order-event.ts';
import { Shipments } from '../shop/system/shipment.ts';

describe('work in the shop', () => {
  it('holds a core each, and the next in line gets the one that is free', async () => {
    const cores = new Cores(2);
    const log: string[] = [];
    let at = 0;
    let most = 0;
    // `sample` is asked when a core is taken.
    const job = (name: string): Distribution => ({
      text: name,
      sample: () => {
        log.push(name);
        at += 1;
        most = Math.max(most, at);
        return 2;
      },
    });
    await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) =>
        cores.work(job(name)).then(() => {
          at -= 1;
        }),
      ),
    );
    expect(log).toEqual(['a', 'b', 'c', 'd', 'e']);
    // The count falls a moment after the core is handed on.
    expect(most).toBeLessThanOrEqual(3);
  });

  it('is distributed as the model says', () => {
    const samples = (distribution: Distribution) =>
      Array.from({ length: 50_000 }, () => distribution.sample()).sort((a, b) => a - b);
    const exp = samples(exponential(5));
    expect(Math.abs(exp.reduce((sum, x) => sum + x, 0) / exp.length / 5 - 1)).toBeLessThan(0.05);
    expect(Math.abs(exp[25_000]! / (5 * Math.LN2) - 1)).toBeLessThan(0.05);
    const log = samples(lognormal(12, 45));
    expect(Math.abs(log[25_000]! / 12 - 1)).toBeLessThan(0.05);
    expect(Math.abs(log[49_500]! / 45 - 1)).toBeLessThan(0.1);
  });
});

describe('a shipment', () => {
  const order: OrderKey = { id: 'o-1', total: 10 };
  const logged = () => {
    const log: string[] = [];
    const shipments = new Shipments({
      shipping: ({ id }) => log.push(`${id} shipping`),
      delivered: ({ id }) => log.push(`${id} delivered`),
    });
    return { log, shipments };
  };

  it('is delivered when nobody stops it', async () => {
    const { log, shipments } = logged();
    shipments.expect(order, Promise.resolve(0), 51);
    await sleep(300);
    expect(log).toEqual(['o-1 shipping', 'o-1 delivered']);
    expect(await shipments.stop('o-1')).toBeNull();
  });

  it('that is stopped is first handed over, and then never delivered', async () => {
    const { log, shipments } = logged();
    shipments.expect(order, sleep(20, 0), 150);
    expect(await shipments.stop('o-1')).toEqual(order);
    expect(shipments.isShipping('o-1')).toBe(false);
    await sleep(300);
    expect(log).toEqual(['o-1 shipping']);
  });

  it('can be stopped only once', async () => {
    const { shipments } = logged();
    shipments.expect(order, Promise.resolve(0), 5000);
    const answers = await Promise.all([shipments.stop('o-1'), shipments.stop('o-1')]);
    expect(answers.filter((answer) => answer !== null)).toEqual([order]);
  });

  it('cannot be stopped when the warehouse failed', async () => {
    const { log, shipments } = logged();
    shipments.expect(order, Promise.reject(new Error('closed')), 60);
    expect(await shipments.stop('o-1')).toBeNull();
    await sleep(100);
    expect(log).toEqual([]);
  });
});
