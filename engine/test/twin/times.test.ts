import type { Span } from '@pollux/engine/observation';
import type { Divergence } from '@pollux/engine/twin';
import { describe, expect, it } from 'vitest';
import {
  type CheckoutFault,
  checkouts,
  feed,
  inOrderOfEnd,
  messages,
  predicting,
  shopSession,
} from './shop-telemetry.ts';

const RATE = 12;
const healthy = {
  [messages.checkout]: 0.115,
  [messages.create]: 0.1,
  [messages.charge]: 0.062,
  [messages.reserve]: 0.012,
};

interface Life {
  readonly opened: number;
  readonly resolved: number | undefined;
  readonly newest: Divergence;
}

/** What became of each divergence, by id. */
async function lives(spans: readonly Span[], p50s?: Readonly<Record<string, number>>): Promise<Map<string, Life>> {
  const session = await shopSession();
  if (p50s !== undefined) session.predict(predicting(p50s));
  const found = new Map<string, Life>();
  feed(session, spans, (at) => {
    for (const divergence of session.snapshot().divergences) {
      const before = found.get(divergence.id);
      const resolved = divergence.status === 'resolved' ? (before?.resolved ?? at) : undefined;
      found.set(divergence.id, { opened: before?.opened ?? at, resolved, newest: divergence });
    }
  });
  return found;
}

const slowBank =
  (from: number, to: number) =>
  (at: number): CheckoutFault => ({ charge: at >= from && at < to ? 480 : 60 });

describe('latency against the prediction', () => {
  it('a slow bank is noticed within 4 s and resolved within 10 s after', async () => {
    const life = (await lives(checkouts(0, 40, RATE, slowBank(12, 22)), healthy)).get(`latency:${messages.charge}`);
    expect(life?.opened).toBeGreaterThan(12);
    expect(life?.opened).toBeLessThan(16);
    expect(life?.resolved).toBeGreaterThan(22);
    expect(life?.resolved).toBeLessThan(32);
    expect(life?.newest.message).toBe('charge takes 481 ms, predicted 62 ± 3 ms (p50 of the last 5 s)');
  });

  it('only the innermost message that explains it is reported, the others are listed', async () => {
    const found = await lives(checkouts(0, 25, RATE, slowBank(12, 25)), healthy);
    const latencies = [...found.values()].filter(({ newest }) => newest.kind === 'latency');
    expect(latencies.map(({ newest }) => newest.element)).toEqual([messages.charge]);
    expect(latencies[0]?.newest.evidence.also.toSorted()).toEqual([messages.checkout, messages.create].toSorted());
    expect(latencies[0]?.newest.evidence.traceIds).toHaveLength(10);
    expect(latencies[0]?.newest.evidence.figures.find(({ name }) => name === 'predicted p50')?.value).toBe(0.062);
  });

  it('a slow innermost call is known from its two sides, before its trace is judged', async () => {
    // The calls, and nothing else of their traces but the bank's and the orders' side of them.
    const slow = checkouts(12, 20, RATE, slowBank(12, 30));
    const sides = slow.filter(
      ({ name, spanId, traceId }) =>
        name === 'charge' ||
        slow.some((inner) => inner.name === 'charge' && inner.traceId === traceId && inner.parentSpanId === spanId),
    );
    for (const order of ['callee first', 'caller first']) {
      const both = inOrderOfEnd(sides);
      if (order === 'caller first') {
        for (let at = 0; at < both.length; at += 2) both.splice(at, 2, ...both.slice(at, at + 2).reverse());
      }
      const early = await shopSession();
      early.predict(predicting(healthy));
      feed(early, checkouts(0, 12, RATE));
      for (let at = 0; at < both.length; at += 4) early.observe(both.slice(at, at + 4));
      early.advance(0);
      early.advance(250_000);
      early.advance(500_000);
      expect(
        early.snapshot().divergences.map(({ id }) => id),
        order,
      ).toContain(`latency:${messages.charge}`);
    }
  });

  it('a call that was known early is not counted twice', async () => {
    const found = await lives(checkouts(0, 25, RATE, slowBank(12, 25)), healthy);
    const calls = found.get(`latency:${messages.charge}`)?.newest.evidence.figures.find(({ name }) => name === 'calls');
    // Four of five checkouts ask the bank, in a window of five seconds and the second that the calls are ahead of their traces.
    expect(calls?.value).toBeLessThanOrEqual(6 * RATE * 0.8 + 1);
  });

  it('what was never predicted is not compared', async () => {
    expect(
      [...(await lives(checkouts(0, 25, RATE, slowBank(12, 25)), {})).keys()].filter((id) => id.startsWith('latency')),
    ).toEqual([]);
  });

  it('a difference of less than 20 ms does not matter, however large its share', async () => {
    const found = await lives(checkouts(0, 20, RATE), { ...healthy, [messages.reserve]: 0.002 });
    expect([...found.keys()].filter((id) => id.startsWith('latency'))).toEqual([]);
  });

  it('a few slow calls are no trend', async () => {
    const found = await lives(
      checkouts(0, 30, RATE, (at) => ({ charge: Math.floor(at * RATE) % 4 === 0 ? 480 : 60 })),
      healthy,
    );
    expect([...found.keys()].filter((id) => id.startsWith('latency'))).toEqual([]);
  });

  it('predictions are shown with the figures', async () => {
    const session = await shopSession();
    session.predict(predicting(healthy));
    feed(session, checkouts(0, 5, RATE));
    expect(session.snapshot().figures[messages.charge]).toMatchObject({ predicted: { p50: 0.062, p95: 0.124 } });
  });
});

describe('constraints', () => {
  it('a call beyond its `within` violates it', async () => {
    const life = (await lives(checkouts(0, 30, RATE, (at) => ({ charge: at >= 12 && at < 16 ? 1000 : 60 })))).get(
      `constraint-violated:${messages.checkout}`,
    );
    expect(life?.opened).toBeLessThan(16);
    expect(life?.resolved).toBeLessThan(26);
    expect(life?.newest.message).toMatch(/^checkout takes more than 900 ms in \d+ of \d+ calls, last 1\.\d+ s$/);
  });
});

describe('expectations of the twin', () => {
  it('are judged over their windows, and undecided with a reason', async () => {
    const session = await shopSession();
    expect(session.snapshot().expectations.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['undecided', 'nothing of it was observed yet'],
      ['undecided', 'nothing of it was observed yet'],
      ['undecided', 'nothing of it was observed yet'],
    ]);
    feed(session, checkouts(0, 20, RATE));
    expect(session.snapshot().expectations.map(({ verdict, unit, reason }) => [verdict, unit, reason])).toEqual([
      ['met', 's', undefined],
      ['undecided', 's', 'not simulated at the observed load yet'],
      ['undecided', '1', 'utilization cannot be read from spans'],
    ]);
  });

  it('too few occurrences decide nothing', async () => {
    const session = await shopSession();
    feed(session, checkouts(0, 3, 2));
    expect(session.snapshot().expectations[0]?.reason).toMatch(/^only \d in the window, at least 10 are needed$/);
  });

  it('one that is missed persistently is a divergence on its line, and goes away again', async () => {
    const found = await lives(checkouts(0, 45, RATE, slowBank(12, 22)), healthy);
    const fast = found.get('expectation-breached:Live.fast');
    expect(fast?.opened).toBeGreaterThan(12);
    expect(fast?.opened).toBeLessThan(16);
    expect(fast?.resolved).toBeLessThan(36);
    expect(fast?.newest.message).toMatch(/^p95\(Checkout\) < 300 ms over 10 s does not hold: it is 5\d\d ms$/);
  });

  it('the prediction is one side of a comparison', async () => {
    const session = await shopSession();
    session.predict(predicting({ 'Orders.create': 0.097 }));
    feed(session, checkouts(0, 20, RATE));
    expect(session.snapshot().expectations[1]?.verdict).toBe('met');
    session.predict(predicting({ 'Orders.create': 0.03 }));
    feed(session, checkouts(20, 30, RATE));
    expect(session.snapshot().expectations[1]?.verdict).toBe('missed');
    const drift = session.snapshot().divergences.find(({ element }) => element === 'Live.drift');
    expect(drift?.message).toMatch(
      /^p50\(Orders\.create\) within 50 % of simulation over 10 s does not hold: it is \d+ ms, predicted 30 ms$/,
    );
  });
});
