import { scenarioAtObservedLoad } from '@pollux/engine/twin';
import { describe, expect, it } from 'vitest';
import { server, spansOf } from '../observation/span-builder.ts';
import { checkouts, feed, messages, shopModel, shopSession } from './shop-telemetry.ts';

describe('figures of the sliding window', () => {
  it('count interactions, messages, operations and components', async () => {
    const session = await shopSession();
    feed(session, checkouts(0, 30, 10));
    session.close();
    const { figures } = session.snapshot();
    for (const element of ['Checkout', messages.checkout, messages.create, 'Orders.create', 'Orders']) {
      expect(figures[element]).toMatchObject({ total: 300, errors: 0 });
      expect(figures[element]?.rate).toBeCloseTo(10, 0);
    }
    expect(figures[messages.charge]?.total).toBe(240);
    expect(figures.Stock?.total).toBe(600);
    expect(figures['Stock.reserve']?.p50).toBeCloseTo(0.01, 4);
    expect(figures[messages.reserve]?.p50).toBeCloseTo(0.0112, 3);
  });

  it('say how often a branch is taken', async () => {
    const session = await shopSession();
    feed(session, checkouts(0, 20, 10));
    session.close();
    const operands = Object.entries(session.snapshot().figures).filter(([id]) => id.includes('/opt['));
    expect(operands.filter(([, { share }]) => share === 0.8)).toHaveLength(1);
  });

  it('forget what lies before the window, but not the total', async () => {
    const session = await shopSession({ window: 10 });
    feed(session, [...checkouts(0, 5, 10), ...checkouts(30, 31, 10)]);
    session.close();
    expect(session.snapshot().figures.Checkout?.total).toBe(60);
    expect(session.snapshot().figures.Checkout?.rate).toBeCloseTo(1, 1);
  });

  it('count errors', async () => {
    const session = await shopSession();
    const failing = spansOf('bad', { ...server('web', 'checkout'), status: 'error' }, 500);
    feed(session, [...checkouts(0, 0.9, 10), ...failing]);
    session.close();
    expect(session.snapshot().figures['Web.checkout']?.errors).toBeCloseTo(0.1, 6);
    expect(session.snapshot().traces.divergent).toBe(0);
  });
});

describe('time', () => {
  it('goes on while nothing arrives, by the progress of any clock', async () => {
    const session = await shopSession();
    session.observe(checkouts(0, 1, 10));
    session.advance(1_000);
    expect(session.snapshot().traces.seen).toBeLessThan(10);
    session.advance(1_000 + 2_000_000);
    expect(session.snapshot().traces.seen).toBe(10);
  });

  it('is not dragged on by one broken clock', async () => {
    const session = await shopSession();
    const [broken] = spansOf('broken', server('web', 'checkout'), 1e9);
    if (broken === undefined) throw new Error('a trace has a span');
    session.observe([...checkouts(0, 1, 10), broken]);
    session.close();
    const { newest, traces, figures } = session.snapshot();
    expect(newest).toBeLessThan(broken.start);
    expect(traces).toMatchObject({ matched: 10, reasons: { 'its clock runs ahead of all others': 1 } });
    expect(figures.Checkout?.p50).toBeGreaterThan(0);
  });

  it('is found again where the very first span had a broken clock', async () => {
    const session = await shopSession();
    const [broken] = spansOf('broken', server('web', 'checkout'), 1e9);
    if (broken === undefined) throw new Error('a trace has a span');
    session.observe([broken]);
    session.advance(0);
    session.advance(1e6);
    feed(session, checkouts(0, 5, 10));
    expect(session.snapshot().newest).toBeLessThan(broken.start);
    expect(session.snapshot().traces.matched).toBeGreaterThan(30);
    expect(session.snapshot().figures.Checkout?.rate).toBeGreaterThan(5);
  });

  it('spans without a sound time are counted and left out', async () => {
    const session = await shopSession();
    const [span] = checkouts(0, 1, 1);
    if (span === undefined) throw new Error('a trace has a span');
    session.observe([
      { ...span, end: Number.NaN },
      { ...span, start: Number.POSITIVE_INFINITY },
      { ...span, end: span.start - 1 },
    ]);
    session.close();
    expect(session.snapshot()).toMatchObject({ newest: 0, spans: { received: 3, shed: 3 }, traces: { seen: 0 } });
  });

  it('numbers the snapshots, and a closed session takes nothing more', async () => {
    const session = await shopSession();
    expect(session.snapshot().sequence).toBe(1);
    expect(session.snapshot().sequence).toBe(2);
    session.close();
    session.observe(checkouts(0, 1, 10));
    expect(session.snapshot().spans.received).toBe(0);
  });

  it('stands at nothing before the first observation', async () => {
    const session = await shopSession();
    session.advance(5e15);
    expect(session.snapshot()).toMatchObject({ watermark: 0, newest: 0, divergences: [], figures: {} });
  });
});

describe('the scenario at the observed load', () => {
  it('has the observed rates and is short', async () => {
    const model = await shopModel();
    const session = await shopSession();
    feed(session, checkouts(0, 60, 7));
    session.close();
    const [twin] = model.twins;
    if (twin === undefined) throw new Error('the model has a twin');
    const observed = scenarioAtObservedLoad(model, twin, session.snapshot());
    const scenario = observed?.model.scenarios.find(({ id }) => id === observed.scenario);
    expect(scenario?.deployment).toBe('Production');
    expect(scenario?.loads.map(({ behaviour }) => behaviour)).toEqual(['Checkout']);
    const arrivals = scenario?.loads[0]?.arrivals;
    expect(arrivals?.kind === 'poisson' ? arrivals.rate : 0).toBeCloseTo(7, 0);
    expect(scenario).toMatchObject({ duration: 30e6, warmup: 5e6, replications: 5 });
  });

  it('keeps the shares of several loads of one interaction', async () => {
    const model = await shopModel();
    const [twin] = model.twins;
    if (twin === undefined) throw new Error('the model has a twin');
    const mixed = { ...model, scenarios: model.scenarios.filter(({ name }) => name === 'Mixed') };
    const session = await shopSession();
    const state = { ...session.snapshot(), figures: { Checkout: { total: 100, rate: 8 } } };
    const observed = scenarioAtObservedLoad(mixed, twin, state);
    const loads = observed?.model.scenarios.find(({ id }) => id === observed.scenario)?.loads;
    expect(loads?.map(({ arrivals }) => arrivals)).toEqual([
      { kind: 'poisson', rate: 6 },
      { kind: 'poisson', rate: 2 },
    ]);
  });

  it('is null where nothing was observed', async () => {
    const model = await shopModel();
    const [twin] = model.twins;
    if (twin === undefined) throw new Error('the model has a twin');
    expect(scenarioAtObservedLoad(model, twin, (await shopSession()).snapshot())).toBeNull();
  });
});
