import { readFile } from 'node:fs/promises';
import { loadModel } from '@pollux/language-server/language';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Model } from '../../src/model/index.ts';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const uri = new URL('../../../samples/shop/shop.twin', import.meta.url).href;
const files = { read: (file: string): Promise<string> => readFile(new URL(file), 'utf8') };

describe('the shop of the samples', () => {
  let model: Model;
  let weekday: SimulationResult;

  beforeAll(async () => {
    model = (await loadModel(files, uri)).model!;
    weekday = simulate(model, 'shop.Weekday', { replications: 4 });
  });

  it('meets what it expects on a weekday', () => {
    expect(weekday.expectations.map(({ text, verdict }) => [text, verdict])).toEqual(
      weekday.expectations.map(({ text }) => [text, 'met']),
    );
    expect(weekday.expectations.length).toBeGreaterThanOrEqual(3);
    expect(weekday.findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
  });

  it('has figures for everything that a diagram shows', () => {
    const measured = new Set(weekday.measures.map(({ element }) => element));
    for (const component of model.components) {
      for (const operation of component.operations) expect(measured).toContain(operation.id);
    }
    for (const node of model.deployments[0]!.nodes) expect(measured).toContain(node.id);
    for (const transition of model.machines[0]!.regions[0]!.transitions) expect(measured).toContain(transition.id);
    expect(measure(weekday, 'shop.Order', 'count').samples).toBe(
      measure(weekday, 'shop.Order.Created', 'count').samples,
    );
    const curve = weekday.latencies.find(({ element }) => element === 'shop.Checkout')!;
    expect(curve.points.length).toBeGreaterThan(40);
    const seconds = curve.points.map((point) => point.seconds);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  });

  it('pays by card in 85 % of checkouts, and is paid in 96 % of those', () => {
    const count = (element: string): number => measure(weekday, element, 'rate').samples;
    expect(count('shop.Bank.charge') / count('shop.Checkout')).toBeCloseTo(0.85, 1);
    expect(count('shop.Stock.release') / count('shop.Bank.charge')).toBeCloseTo(0.04, 2);
  });

  it('is swamped on Black Friday, and says where', () => {
    const result = simulate(model, 'shop.BlackFriday', { replications: 2 });
    const saturated = result.findings.filter(({ code }) => code === 'saturated');
    expect(saturated.map(({ element }) => element)).toEqual(['shop.Production.store']);
    expect(result.expectations[0]!.verdict).toBe('missed');
    expect(result.counters.unfinished).toBeGreaterThan(1000);
  });

  it('never makes a simulation throw, whatever lines of it are lost', async () => {
    const lines = (await files.read(uri)).split('\n');
    const shorter = lines.map((line) => line.replace(/run \d+ min {2}warmup 1 min/, 'run 3 s  warmup 1 s'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(lines.length - 1), { minLength: 1, maxLength: 6 }), async (lost) => {
        const text = shorter.filter((_, line) => !lost.includes(line)).join('\n');
        const broken = await modelFrom(text).catch(() => null);
        if (broken === null) return;
        for (const scenario of ['shop.Weekday', 'shop.BlackFriday']) {
          const result = simulate(broken.model, scenario, { replications: 1 });
          const { started, finished, failed, refused, unfinished } = result.counters;
          expect(finished + failed + refused + unfinished).toBe(started);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the bytes of a result', () => {
  it('are the same on every machine', async () => {
    const { model } = await modelFrom(`package g
component A { operation go() takes lognormal(median: 2 ms, p99: 9 ms)  operation odd() delays gamma(1.5, 3 ms) fails 2 % }
interaction Job { actor user  lifeline a: A  user -> a.go() { alt 30 % { a -> a.odd() } else { loop 1..2 { a ->> a.odd() } } } }
deployment D { node n * 2 { cores 1  deploy A * 2 } }
scenario S of D { load Job at 300/s  run 6 s  warmup 1 s  replications 3  seed 11  expect p95(Job) < 20 ms }`);
    expect(fnv(JSON.stringify({ ...simulate(model, 'g.S'), model: '' }))).toMatchInlineSnapshot(`"30bc9ac0"`);
  });
});

/** FNV-1a, 32 bits. */
function fnv(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
