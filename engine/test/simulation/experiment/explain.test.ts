import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { erlangC } from '../../../src/simulation/analytic/closed-forms/erlang.ts';
import { PriceOrder } from '../../../src/simulation/experiment/search-space.ts';
import { type Answers, conduct, explain, simulate, withSettings } from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

vi.setConfig({ testTimeout: 30_000 });

interface Shop {
  readonly appCores?: number;
  readonly storeCores?: number;
  readonly rate?: string;
  readonly more?: string;
  readonly costs?: string;
}

/** Two stations in a row: `app`, 2 ms a visit, and `store`, 1 ms. */
const shop = ({ appCores = 1, storeCores = 2, rate = '450/s', more = '', costs = '' }: Shop = {}): string => `package q
component Orders { operation create() takes exp(2 ms) }
component Stock { operation reserve() takes exp(1 ms) }
interaction Buy { actor client  lifeline orders: Orders, stock: Stock
  client -> orders.create() { orders -> stock.reserve() } }
deployment D { node app { cores ${appCores}  deploy Orders }  node store { cores ${storeCores}  deploy Stock }  ${costs} }
scenario S of D { load Buy at ${rate}  run 8 s  warmup 1 s  replications 4  seed 7  ${more} }
`;

const explained = async (text: string, options = {}): Promise<Answers> => {
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  return conduct(explain(model, 'q.S', options));
};

describe('what limits a scenario', () => {
  it('is told with the evidence, and with what would relieve it most', async () => {
    const { bottlenecks, goals, sensitivities } = await explained(shop(), { search: false });
    expect(goals.map(({ text }) => text)).toEqual(['p95(Buy)', 'mean(Buy)']);
    expect(bottlenecks.map(({ element }) => element)).toEqual(['q.D.app']);
    expect(bottlenecks[0]?.sentence).toMatch(
      /^app is the bottleneck: 9\d(\.\d)? % busy, [\d.]+ waiting on average; one more (core on each )?app.* would bring .*\(Buy\) from [\d.]+ ms to [\d.]+ ms \(by [\d.]+ ± [\d.]+ ms\)\.$/,
    );
    const gain = (text: string) => sensitivities.find((one) => one.text === text)?.gain ?? Number.NaN;
    expect(gain('app.cores = 2')).toBeGreaterThan(0.5);
    expect(gain('app.cores = 2')).toBeGreaterThan(gain('store.cores = 3') * 5);
    expect(gain('Orders.create.takes × 0.9')).toBeGreaterThan(gain('Stock.reserve.takes × 0.9'));
  });

  it('is what its queue says where it cannot keep up, though the others are busy too', async () => {
    const { bottlenecks } = await explained(shop({ rate: '700/s', storeCores: 1 }), { search: false });
    expect(bottlenecks[0]?.element).toBe('q.D.app');
    expect(bottlenecks[0]?.sentence).toMatch(
      /^app is the bottleneck: 100 % busy, its queue grows by (19|20|21)\d\/s; /,
    );
  });

  it('is found by the same runs as anybody would make one by one', async () => {
    const { model } = await modelFrom(shop());
    const { sensitivities, goals } = conduct(explain(model, 'q.S', { search: false }));
    const before = simulate(model, 'q.S');
    for (const { setting, effects } of sensitivities) {
      const after = simulate(withSettings(model, 'q.S', [setting]), 'q.S');
      goals.forEach(({ element, measure }, at) => {
        const find = (result: typeof after) =>
          result.measures.find((one) => one.element === element && one.measure === measure)?.value ?? Number.NaN;
        expect(effects[at]?.value).toBe(find(after));
        expect(effects[at]?.difference.value).toBeCloseTo(find(after) - find(before), 9);
      });
    }
  });
});

describe('a first look', () => {
  it('is short at all changes, and whole at those that promise most', async () => {
    const { model } = await modelFrom(shop());
    const { result, sensitivities, goals, findings } = conduct(
      explain(model, 'q.S', { search: false, replications: 7 }),
    );
    const [short, whole] = [3, 7].map((count) => sensitivities.filter(({ replications }) => replications === count));
    expect([result.replications, whole?.length]).toEqual([7, 6]);
    expect(short?.length).toBe(sensitivities.length - 6);
    expect(short?.length).toBeGreaterThan(0);
    expect(whole?.map(({ text }) => text)).toContain('app.cores = 2');
    expect(findings.map(({ code }) => code)).toEqual(['first-look']);
    for (const { setting, effects, replications } of [short![0]!, whole![0]!]) {
      const after = simulate(withSettings(model, 'q.S', [setting]), 'q.S', { replications });
      const { element, measure } = goals[0]!;
      const figure = after.measures.find((one) => one.element === element && one.measure === measure)?.value;
      expect(effects[0]?.value).toBe(figure);
    }
  });

  it('is not cast at what formulas show to leave an overload as it is', async () => {
    const text = shop({ rate: '1400/s', storeCores: 4 });
    const { sensitivities, findings } = await explained(text, { search: false });
    const texts = sensitivities.map((one) => one.text);
    expect(texts).toContain('app.cores = 2');
    expect(texts).toContain('Orders.create.takes × 0.9');
    expect(texts.filter((one) => /store|Stock/.test(one))).toEqual([]);
    expect(findings.map(({ code, element, message }) => [code, element, message])).toEqual([
      [
        'left-out',
        'q.D.app',
        expect.stringMatching(/^\d changes elsewhere cannot help and were not run: app is asked/),
      ],
    ]);
  });
});

describe('the smallest change', () => {
  it('has as many servers as Erlang C asks for', async () => {
    const waits = [3, 4, 5].map((c) => erlangC(c, 2.4) / (c - 2.4));
    const bound = Math.sqrt(waits[0]! * waits[1]!);
    const text = `package q
component Server { operation serve() takes exp(1 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { cores 1  deploy Server } }
scenario S of D { load Job at 2400/s  run 10 s  warmup 1 s  replications 5  seed 7  expect wait(n) < ${bound.toFixed(4)} ms }`;
    const { change } = await explained(text);
    expect([change?.status, change?.text, change?.objective]).toEqual(['found', 'n.cores = 4', 'units']);
    expect(change?.pruned).toBeGreaterThan(0);
    expect(change?.confirmation?.seed).toBe(8);
    expect(change?.confirmation?.expectations.map(({ verdict }) => verdict)).toEqual(['met']);
    expect(change?.sentence).toMatch(
      /^n\.cores = 4 is the smallest change found .* Confirmed with other random numbers: wait\(n\) < /,
    );
  });

  it('relieves two places where the second shows only once the first is relieved', async () => {
    const { change } = await explained(
      shop({ rate: '900/s', appCores: 1, storeCores: 1, more: 'expect mean(Buy) < 6 ms' }),
    );
    expect(change?.status).toBe('found');
    // App is asked for 1.8 cores and the store for 0.9: with one more of each M/M/2 at 90 % still takes 10.5 ms.
    const byName = Object.fromEntries((change?.settings ?? []).map(({ element, value }) => [element, value]));
    expect(byName['q.D.app'] ?? byName['q.Orders']).toBeGreaterThanOrEqual(3);
    expect(change?.price).toBe(3);
  });

  it('is the cheapest where things have prices', async () => {
    const { change } = await explained(
      shop({ rate: '800/s', more: 'expect mean(Buy) < 8 ms', costs: 'cost app 1/h  cost Orders 0.1/h' }),
    );
    expect([change?.status, change?.objective]).toEqual(['found', 'cost']);
    // Cores have no price here; nodes have.
    expect(change?.settings.map(({ name }) => name)).toEqual(['cores']);
    expect(change?.price).toBe(0);
  });

  it('is not made up where there is none, none is needed, or nothing is expected', async () => {
    const none = await explained(shop({ more: 'expect mean(Buy) < 2 ms' }));
    expect([none.change?.status, none.change?.settings]).toEqual(['none', []]);
    expect(none.change?.sentence).toContain('Nothing that was searched meets every expectation');
    const fine = await explained(shop({ rate: '100/s', more: 'expect mean(Buy) < 1 s' }));
    expect(fine.change?.status).toBe('not-needed');
    expect((await explained(shop({ rate: '100/s' }))).change?.status).toBe('no-expectations');
    const few = await explained(shop({ rate: '900/s', storeCores: 1, more: 'expect mean(Buy) < 6 ms' }), { search: 3 });
    expect(few.change?.status).toBe('out-of-budget');
  });

  it('answers with what there is when it is cancelled, or cannot run', async () => {
    const { model } = await modelFrom(shop({ more: 'expect mean(Buy) < 2 ms' }));
    const nothing = conduct(explain(model, 'q.S'), { cancelled: () => true });
    expect([nothing.result.replications, nothing.change]).toEqual([0, null]);
    let done = 0;
    const half = conduct(explain(model, 'q.S'), {
      progress: (progress) => {
        done = progress.done;
      },
      cancelled: () => done >= 14,
    });
    expect(half.sensitivities.length).toBeGreaterThan(0);
    expect([half.change, half.findings.map(({ code }) => code)]).toEqual([null, ['incomplete']]);
    expect(conduct(explain(model, 'q.T')).result.findings[0]?.code).toBe('unknown-scenario');
  });
});

describe('combinations in the order of their price', () => {
  it('come all, once each, and never a cheaper one after a dearer one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ limit: fc.integer({ min: 1, max: 4 }), cost: fc.integer({ min: 0, max: 5 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
        (dimensions) => {
          const order = new PriceOrder(
            dimensions.map(({ limit }) => limit),
            (steps) => ({
              cost: steps.reduce((sum, one, at) => sum + one * dimensions[at]!.cost, 0),
              units: steps.reduce((sum, one) => sum + one, 0),
              touched: steps.filter((one) => one > 0).length,
            }),
          );
          const seen = new Set<string>();
          let last = { cost: 0, units: 0 };
          for (let next = order.next(); next !== undefined; next = order.next()) {
            const { price, steps } = next;
            expect(price.cost > last.cost || (price.cost === last.cost && price.units >= last.units)).toBe(true);
            last = price;
            seen.add(steps.join());
          }
          expect(seen.size).toBe(dimensions.reduce((product, { limit }) => product * (limit + 1), 1));
        },
      ),
    );
  });
});

describe('what callers do about trouble', () => {
  const pair = (policy: string, more: string) => `package q
component Front { operation ask()  requires Back { ${policy} } }
component Back { operation find() delays 5 ms fails 60 % }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { front -> back.find() } }
deployment D { node n { deploy Front  deploy Back }  limit Back 1000/s burst 100 }
scenario S of D { load Job at 80/s  run 20 s  replications 4  seed 7  ${more} }
`;

  it('is tried like any other change, where it is declared', async () => {
    const { sensitivities } = await explained(
      pair('timeout 1 s  retry 1  backoff 10 ms  hedge 20 ms  bulkhead 20 queue 5', ''),
      { search: false },
    );
    expect(
      sensitivities
        .map(({ text }) => text)
        .filter((text) => text.startsWith('Front.Back'))
        .sort(),
    ).toEqual([
      'Front.Back.backoff × 0.5',
      'Front.Back.backoff × 2',
      'Front.Back.bulkhead = 22',
      'Front.Back.hedge × 0.5',
      'Front.Back.hedge × 2',
      'Front.Back.retry = 0',
      'Front.Back.retry = 2',
      'Front.Back.timeout × 0.5',
      'Front.Back.timeout × 2',
    ]);
    expect(sensitivities.map(({ text }) => text)).toContain('Back.limit × 0.75');
  });

  it('is searched: fewer further attempts bring fewer calls, as many as their sum says', async () => {
    // Of n further attempts: 80/s times the sum of 0.6^k up to n, so 174/s, 157/s, 128/s and 80/s.
    const { change } = await explained(pair('retry 3', 'expect rate(Back.find) < 150/s'), {});
    expect([change?.status, change?.text]).toEqual(['found', 'Front.Back.retry = 1']);
  });
});
