import { describe, expect, it } from 'vitest';
import type { Model } from '../../../src/model/index.ts';
import {
  currentValue,
  type Setting,
  settableText,
  settingText,
  simulate,
  withSettings,
} from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

const text = `package shop
component Web {
  operation buy() takes exp(2 ms) delays 5 ms fails 1 %
  threads 20  queue 100  connections 7  cache 80 % hit takes 0.1 ms
  requires Bank { timeout 1 s  retry 2  backoff 50 ms jitter  budget 20 %  breaker 50 % of 20 for 10 s  bulkhead 8 queue 4  hedge 400 ms }
  version "2" { threads 30  operation buy takes 1 ms  requires Bank { timeout 300 ms } }
}
component Bank external { operation charge() delays lognormal(median: 100 ms, p99: 500 ms)  cache 50 entries lru key zipf(1000, 1) ttl 1 min }
component Ledger { operation book() takes 1 ms  threads 1  queue 10 drop expired within 20 ms }
resource clerk * 4 { on sat, sun from "00:00" to "24:00": 2 }
interaction Buy { actor user  lifeline web: Web, bank: Bank, ledger: Ledger  user -> web.buy() { web -> bank.charge()  web -> ledger.book() timeout 1 s } }
interaction Look { actor user  lifeline web: Web  user -> web.buy() }
deployment D {
  node app * 2 { cores 4  deploy Web * 2 { threads 25 } }
  node spare { cores 2  deploy Web  deploy Ledger }
  limit Bank.charge 500/s burst 50
}
deployment E { node big * 3 { cores 4  deploy Web }  node books { cores 1  deploy Ledger } }
scenario S of D { load Buy at 40/s  load Look by 6 users thinking exp(1 s)  run 10 s  warmup 1 s  replications 2  seed 3 }
scenario T of E { load Buy at 40/s  load Look by 6 users thinking exp(1 s)  run 10 s  warmup 1 s  replications 2  seed 3 }
`;

const scenarioOf = (model: Model, id = 'shop.S') => model.scenarios.find((one) => one.id === id)!;

describe('a parameter', () => {
  const readings: readonly (readonly [string, string, number | object | null, number])[] = [
    ['shop.Web', 'replicas', 5, 9],
    ['shop.Web', 'threads', 25, 40],
    ['shop.Web', 'queue', 100, 5],
    ['shop.Web', 'connections', 7, 9],
    ['shop.Web', 'cache', 0.8, 0.95],
    ['shop.D.app', 'cores', 4, 8],
    ['shop.D.app', 'count', 2, 3],
    ['shop.clerk', 'count', 4, 6],
    ['shop.Web.buy', 'takes', { kind: 'exponential', mean: 2000 }, 3000],
    ['shop.Web.buy', 'delays', 5000, 7000],
    ['shop.Web.buy', 'fails', 0.01, 0.2],
    ['shop.Web/requires(Bank)', 'timeout', 1_000_000, 250_000],
    ['shop.Web/requires(Bank)', 'retry', 2, 5],
    ['shop.Web/requires(Bank)', 'backoff', 50_000, 80_000],
    ['shop.Web/requires(Bank)', 'budget', 0.2, 0.4],
    ['shop.Web/requires(Bank)', 'breaker', 0.5, 0.2],
    ['shop.Web/requires(Bank)', 'breaker.calls', 20, 40],
    ['shop.Web/requires(Bank)', 'breaker.open', 10_000_000, 5_000_000],
    ['shop.Web/requires(Bank)', 'bulkhead', 8, 3],
    ['shop.Web/requires(Bank)', 'bulkhead.queue', 4, 0],
    ['shop.Web/requires(Bank)', 'hedge', 400_000, 100_000],
    ['shop.Bank', 'cache.entries', 50, 20],
    ['shop.Bank', 'cache.ttl', 60_000_000, 1_000_000],
    ['shop.Ledger', 'queue.within', 20_000, 5_000],
    ['shop.D/limit(Bank.charge)', 'limit', 500, 300],
    ['shop.D/limit(Bank.charge)', 'limit.burst', 50, 10],
    ['shop.Buy', 'rate', 40, 90],
    ['shop.Look', 'users', 6, 12],
    ['shop.S', 'warmup', 1_000_000, 2_000_000],
  ];

  it.each(readings)('%s.%s is read, and reads as what it was set to', async (element, name, before, value) => {
    const { model, problems } = await modelFrom(text);
    expect(problems).toEqual([]);
    const settable = { element, name } as Setting;
    expect(currentValue(model, scenarioOf(model), settable)).toEqual(before);
    const changed = withSettings(model, 'shop.S', [{ ...settable, value } as Setting]);
    expect(currentValue(changed, scenarioOf(changed), settable)).toBe(value);
    expect(currentValue(model, scenarioOf(model), settable)).toEqual(before);
  });

  it('counts for versions and deployments that have a limit of their own', async () => {
    const { model } = await modelFrom(text);
    const changed = withSettings(model, 'shop.S', [{ element: 'shop.Web', name: 'threads', value: 40 }]);
    const web = changed.components.find(({ id }) => id === 'shop.Web')!;
    expect([web.threads, web.versions[0]?.threads, changed.deployments[0]?.nodes[0]?.deploys[0]?.threads]).toEqual([
      40, 40, 40,
    ]);
    expect(Object.hasOwn(changed.deployments[0]!.nodes[1]!.deploys[0]!, 'threads')).toBe(false);
  });

  it('of a policy counts for versions that say otherwise, and only where it is declared', async () => {
    const { model } = await modelFrom(text);
    const element = 'shop.Web/requires(Bank)';
    const changed = withSettings(model, 'shop.S', [
      { element, name: 'timeout', factor: 2 },
      { element, name: 'retry', value: 5 },
    ]);
    const web = changed.components.find(({ id }) => id === 'shop.Web')!;
    expect(web.requires[0]?.policy).toMatchObject({ timeout: { value: 2e6 }, retries: 5 });
    expect(web.versions[0]?.requires[0]?.policy).toMatchObject({ timeout: { value: 6e5 } });
    expect(web.versions[0]?.requires[0]?.policy.retries).toBeUndefined();
  });

  it('of replicas is a total: each node gets as many where they can, otherwise they are dealt out over all', async () => {
    const { model } = await modelFrom(text);
    const six = withSettings(model, 'shop.T', [{ element: 'shop.Web', name: 'replicas', value: 6 }]).deployments[1]!;
    expect([six.nodes[0]?.deploys[0]?.replicas, six.spreads.length]).toEqual([2, 0]);
    const seven = withSettings(model, 'shop.T', [{ element: 'shop.Web', name: 'replicas', value: 7 }]).deployments[1]!;
    expect([seven.nodes[0]?.deploys.length, seven.spreads.map(({ replicas }) => replicas)]).toEqual([0, [7]]);
  });

  it('that is multiplied keeps its law, and the shape of a calendar', async () => {
    const { model } = await modelFrom(text);
    const changed = withSettings(model, 'shop.S', [
      { element: 'shop.Web.buy', name: 'takes', factor: 0.5 },
      { element: 'shop.clerk', name: 'count', factor: 2 },
      { element: 'shop.Bank.charge', name: 'delays', factor: 2 },
    ]);
    const read = (element: string, name: Setting['name']) =>
      currentValue(changed, scenarioOf(changed), { element, name });
    expect(read('shop.Web.buy', 'takes')).toEqual({ kind: 'exponential', mean: 1000 });
    expect(read('shop.clerk', 'count')).toBe(8);
    expect(changed.resources[0]?.shifts.map(({ count }) => count)).toEqual([4]);
    const before = currentValue(model, scenarioOf(model), { element: 'shop.Bank.charge', name: 'delays' });
    const after = read('shop.Bank.charge', 'delays');
    expect(after).toMatchObject({ kind: 'lognormal', sigma: (before as { sigma: number }).sigma });
    expect((after as { mu: number }).mu - (before as { mu: number }).mu).toBeCloseTo(Math.LN2, 12);
  });

  it('that is set to what it is changes no byte of a run', async () => {
    const { model } = await modelFrom(text);
    const settings = readings
      .filter(([element]) => !element.includes('clerk'))
      .map(([element, name]) => {
        const settable = { element, name } as Setting;
        return { ...settable, value: currentValue(model, scenarioOf(model, 'shop.T'), settable) } as Setting;
      })
      .filter(({ value }) => value !== null);
    expect(settings.length).toBeGreaterThan(8);
    const same = withSettings(model, 'shop.T', settings);
    expect(JSON.stringify(simulate(same, 'shop.T'))).toBe(JSON.stringify(simulate(model, 'shop.T')));
  });

  it('is written as in the text', () => {
    expect(settingText({ element: 'shop.Web', name: 'replicas', value: 6 })).toBe('Web.replicas = 6');
    expect(settingText({ element: 'shop.Web', name: 'cache', value: 0.1 + 0.2 })).toBe('Web.cache = 30 %');
    expect(settingText({ element: 'shop.Web.buy', name: 'takes', factor: 0.9 })).toBe('Web.buy.takes × 0.9');
    const law = { kind: 'exponential', mean: 1500 } as const;
    expect(settingText({ element: 'shop.Web.buy', name: 'takes', value: law })).toBe('Web.buy.takes = exp(1.5 ms)');
    expect(settableText({ element: 'shop.Web/requires(Bank)', name: 'timeout' })).toBe('Web.Bank.timeout');
    expect(settableText({ element: 'shop.Web/requires(Bank)', name: 'breaker.open' })).toBe('Web.Bank.breaker.open');
    expect(settableText({ element: 'shop.D/limit(Bank.charge)', name: 'limit' })).toBe('Bank.charge.limit');
    expect(settingText({ element: 'shop.D/limit(Bank.charge)', name: 'limit', value: 40 })).toBe(
      'Bank.charge.limit = 40/s',
    );
    expect(settableText({ element: 'shop.S/load(Buy)', name: 'rate' })).toBe('Buy.rate');
  });
});
