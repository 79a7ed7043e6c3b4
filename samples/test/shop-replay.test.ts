import { join } from 'node:path';
import { type ReplayReport, replay } from '@pollux/runtime';
import { describe, expect, it } from 'vitest';
import { sampleModel } from './sample-model.ts';

/** What each recording contradicts, and nothing else. */
const CONTRADICTED: Readonly<Record<string, readonly string[]>> = {
  healthy: [],
  'illegal-refund': ['illegal-transition shop.Order.Fulfilment.Shipping'],
  'slow-bank': ['expectation-breached shop.Live.fast'],
  'skip-stock': ['missing-message shop.Checkout/customer->web.checkout/web->orders.create/orders->stock.reserve'],
};

describe('shop.twin held against the recordings of the shop', { timeout: 60_000 }, () => {
  it.each(Object.entries(CONTRADICTED))('%s contradicts what it should', async (name, contradicted) => {
    const report = await replayed(name);
    expect(report.divergences.map(({ kind, element }) => `${kind} ${element}`)).toEqual(contradicted);
    expect(report.divergences.filter(({ status }) => status === 'open')).toEqual([]);
    expect(report.traces.unmodelled).toBe(0);
    expect(report.traces.matched).toBeGreaterThan(700);
  });
});

/** Without simulation: what is held against a prediction is left out. */
async function replayed(name: string): Promise<ReplayReport> {
  const { model } = await sampleModel('shop/shop.twin');
  const file = join(import.meta.dirname, '..', 'shop', 'recordings', `${name}.otlp.jsonl.gz`);
  return replay(model, 'shop.Live', [file], { simulation: false });
}
