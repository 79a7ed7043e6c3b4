import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APPROVED, CORES, DEMAND, REVIEW_ABOVE, WEEKDAY } from '../shop/system/figures.ts';

const text = readFileSync(join(import.meta.dirname, '..', 'shop', 'shop.twin'), 'utf8');

describe('the running shop and shop.twin', () => {
  it('agree on what every operation costs', () => {
    expect(demandsIn(text)).toEqual(Object.fromEntries(Object.entries(DEMAND).map(([name, d]) => [name, d.text])));
  });

  it('agree on the cores of each service', () => {
    expect({ web: coresOf('WebShop'), orders: coresOf('Orders'), stock: coresOf('Stock') }).toEqual(CORES);
  });

  it('agree on how often the bank approves and from where on an order is reviewed', () => {
    expect(text).toContain(`returns chance(${APPROVED * 100} %)`);
    expect(text).toContain(`[total > ${REVIEW_ABOVE}] -> Fulfilment.Review`);
  });

  it('agree on the load of scenario Weekday', () => {
    const weekday = text.slice(text.indexOf('scenario Weekday'), text.indexOf('scenario BlackFriday'));
    const rate = (interaction: string) =>
      Number(weekday.match(new RegExp(`load ${interaction}\\(.*at ([\\d.]+)/s`))?.[1]);
    expect([rate('Checkout'), rate('Browse'), rate('CancelOrder')]).toEqual([
      WEEKDAY.checkouts,
      WEEKDAY.browses,
      WEEKDAY.cancels,
    ]);
    expect(weekday).toContain(`total: lognormal(median: ${WEEKDAY.total.median}, p99: ${WEEKDAY.total.p99})`);
    expect(weekday).toContain(`mixture(${WEEKDAY.card * 100} %: Method.card`);
  });
});

function demandsIn(model: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, component, body] of model.matchAll(/^component (\w+)[^{]*\{([^}]*)\}/gm)) {
    for (const [, operation, demand] of (body ?? '').matchAll(
      /operation (\w+)\(.*?(?:takes|delays) ([a-z]+\([^)]*\))/g,
    )) {
      found[`${component}.${operation}`] = demand ?? '';
    }
  }
  return found;
}

/** Over all replicas of the node; several components on one node would share them. */
function coresOf(component: string): number {
  const node = text.match(new RegExp(`node \\w+ (?:\\* (\\d+) )?\\{ cores (\\d+) +deploy ${component}\\b`));
  return Number(node?.[1] ?? 1) * Number(node?.[2]);
}
