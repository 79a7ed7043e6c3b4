import { allElements } from '@pollux/engine/model';
import type { Span } from '@pollux/engine/observation';
import type { Divergence, TwinState } from '@pollux/engine/twin';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EPOCH, internal, server, spansOf } from '../observation/span-builder.ts';
import { checkout, checkouts, feed, inOrderOfEnd, messages, shopModel, shopSession } from './shop-telemetry.ts';

const RATE = 12;

async function after(spans: readonly Span[]): Promise<TwinState> {
  const session = await shopSession();
  feed(session, spans);
  session.close();
  return session.snapshot();
}

/** When the divergence opened and was resolved, seconds; the last snapshot in which it was open. */
async function lifeOf(id: string, spans: readonly Span[]) {
  const session = await shopSession();
  let opened: number | undefined;
  let resolved: number | undefined;
  let last: Divergence | undefined;
  feed(session, spans, (at) => {
    const found = session.snapshot().divergences.find((divergence) => divergence.id === id);
    if (found?.status === 'open') {
      opened ??= at;
      resolved = undefined;
      last = found;
    } else if (found?.status === 'resolved') resolved ??= at;
  });
  return { opened, resolved, last };
}

/** A channel that delivers so many of a hundred spans, always the same ones. */
function keeping(percent: number): () => boolean {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < percent / 100;
  };
}

describe('the structure of traces', () => {
  it('the ids that the tests use are those of the model', async () => {
    const ids = new Set([...allElements(await shopModel())].map(({ id }) => id));
    const known = Object.values(messages).filter((id) => [...ids].some((other) => other === id));
    expect(known).toContain(messages.reserve);
  });

  it('a healthy system matches its model', async () => {
    const { traces, divergences } = await after(checkouts(0, 10, RATE));
    expect(divergences).toEqual([]);
    expect(traces).toMatchObject({ seen: 120, divergent: 0, undecided: 0, unmodelled: 0 });
  });

  it('a message that is skipped is missing, within 4 s, and resolved within 10 s after', async () => {
    const spans = checkouts(0, 40, RATE, (at) => ({ skipStock: at >= 10 && at < 20 }));
    const { opened, resolved, last } = await lifeOf(`missing-message:${messages.reserve}`, spans);
    expect(opened).toBeGreaterThan(10);
    expect(opened).toBeLessThan(14);
    expect(resolved).toBeGreaterThan(20);
    expect(resolved).toBeLessThan(30);
    expect(last?.message).toMatch(/^orders -> stock\.reserve is missing in \d+ of \d+ Checkout traces$/);
    expect(last?.count).toBe(last?.of);
    expect(last?.evidence.traceIds).toHaveLength(10);
    expect(last?.verdict).toBe('final');
  });

  it('one skipped message in a thousand traces is not worth an alarm', async () => {
    const { divergences, traces } = await after(checkouts(0, 60, RATE, (at) => ({ skipStock: at > 30 && at < 30.1 })));
    expect(divergences).toEqual([]);
    expect(traces.divergent).toBe(1);
  });

  it('a trace may hold several interactions, as that of a client that reports all it asks for in one', async () => {
    const session = (traceId: string, second: Parameters<typeof checkout>[2]) => {
      const [first, other] = [checkout(traceId, 0), checkout(`${traceId}-2`, 500, second)];
      const [root] = spansOf(traceId, { service: 'browser', name: 'session' });
      return [
        { ...(root as Span), spanId: 'session', end: (root as Span).start + 2e6 },
        ...[...first, ...other].map((span) => ({ ...span, traceId, parentSpanId: span.parentSpanId || 'session' })),
      ];
    };
    const healthy = await after(session('a', {}));
    expect(healthy.divergences).toEqual([]);
    expect(healthy.traces).toMatchObject({ seen: 1, undecided: 0, unmodelled: 0 });
    expect(healthy.figures.Checkout?.total).toBe(2);
    const faulty = await after([
      ...checkouts(-4, -2, RATE),
      ...session('a', { skipStock: true }),
      ...checkouts(10, 12, RATE),
    ]);
    expect(faulty.traces.divergent).toBe(1);
    expect(faulty.divergences.map(({ kind, element }) => [kind, element])).toEqual([
      ['missing-message', messages.reserve],
    ]);
  });

  it('a report about all of a recording names every contradiction, counts all of them and forgets none', async () => {
    const session = await shopSession({ divergences: { whole: true, kept: 1e6 } });
    feed(
      session,
      checkouts(0, 60, RATE, (at) => ({ skipStock: (at >= 10 && at < 12) || (at > 30 && at < 30.1) })),
    );
    session.close();
    const { divergences, traces } = session.snapshot();
    expect(traces.divergent).toBe(25);
    expect(divergences.map(({ element, count, status }) => [element, count, status])).toEqual([
      [messages.reserve, 25, 'resolved'],
    ]);
  });

  it('where spans are lost, what is missing as rarely is not held against the system for long', async () => {
    const { divergences, traces } = await after(inOrderOfEnd(checkouts(0, 60, RATE)).filter(keeping(96)));
    expect(divergences.filter(({ status }) => status === 'open')).toEqual([]);
    expect(traces.divergent).toBeLessThan((traces.reasons?.['many spans are lost'] ?? 0) / 4);
  });

  it('what is missing far more often than spans are lost is held against it all the same', async () => {
    const spans = inOrderOfEnd(checkouts(0, 60, RATE, (at) => ({ skipStock: at > 30 })));
    const { divergences } = await after(spans.filter(keeping(98)));
    expect(divergences.map(({ element }) => element)).toContain(messages.reserve);
  });

  it('what was asked for in a linked trace of its own acquits, however late it comes', async () => {
    const outcomes: string[] = [];
    const session = await shopSession({
      onTrace: ({ traceId, verdict, before }) => outcomes.push(`${traceId} ${before ?? ''}>${verdict}`),
    });
    const isDispatch = (span: Span) => span.name === 'dispatch';
    const spans = checkouts(0, 10, RATE).filter((span) => !(span.traceId === 't4000' && isDispatch(span)));
    feed(session, spans);
    expect(session.snapshot().traces.divergent).toBe(1);
    const caller = spans.find((span) => span.traceId === 't4000' && span.name === 'POST /orders') as Span;
    const linked = { ...server('stock', 'dispatch'), links: [{ traceId: 't4000', spanId: caller.spanId }] };
    session.observe(spansOf('linked', linked, 9_900));
    session.close();
    expect(session.snapshot().traces).toMatchObject({ divergent: 0, undecided: 1, unmodelled: 0 });
    expect(session.snapshot().divergences.filter(({ verdict }) => verdict !== 'retracted')).toEqual([]);
    expect(outcomes.filter((outcome) => outcome.startsWith('t4000'))).toEqual([
      't4000 >divergent',
      't4000 divergent>undecided',
    ]);
  });

  it('what comes again is the same divergence, opened again', async () => {
    const spans = checkouts(0, 45, RATE, (at) => ({ skipStock: (at >= 10 && at < 14) || at >= 30 }));
    const state = await after(spans);
    expect(state.divergences.map(({ id, status }) => ({ id, status }))).toEqual([
      { id: `missing-message:${messages.reserve}`, status: 'open' },
    ]);
    expect(state.divergences[0]?.first).toBeGreaterThan((state.divergences[0]?.last ?? 0) - 16e6);
  });

  it('a call that the model does not show is unexpected', async () => {
    const { divergences } = await after(checkouts(0, 20, RATE, (at) => ({ foreign: at >= 10 })));
    expect(divergences.map(({ kind, element, message }) => ({ kind, element, message }))).toEqual([
      {
        kind: 'unexpected-message',
        element: messages.create,
        message: expect.stringMatching(
          /^create calls Web\.checkout, which the model does not show, in \d+ of \d+ Checkout traces$/,
        ),
      },
    ]);
  });

  it('a call that is known but comes too often is unexpected there', async () => {
    const { divergences } = await after(checkouts(0, 20, RATE, (at) => ({ thrice: at >= 10 })));
    expect(divergences.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^create calls Stock\.reserve where the model does not allow it, in \d+ of \d+ Checkout traces$/,
      ),
    ]);
  });

  it('a call out of order is said to be that', async () => {
    const { divergences } = await after(checkouts(0, 20, RATE, (at) => ({ swapped: at >= 10 })));
    expect(divergences.map(({ kind }) => kind)).toEqual(['wrong-order']);
  });

  it('a request that no interaction begins with is not modelled', async () => {
    const other = spansOf('x', server('mail', 'GET /', server('mail', 'send')));
    const { traces, spans, divergences } = await after([...other, ...checkouts(0, 2, RATE)]);
    expect(traces).toMatchObject({ unmodelled: 1, matched: 24 });
    expect(spans.unmodelled).toBe(1);
    expect(divergences).toEqual([]);
  });
});

describe('a recording that is cut off', () => {
  it('leaves traces undecided, with a reason, but never makes one divergent', async () => {
    const spans = inOrderOfEnd(checkouts(0, 4, RATE));
    for (let cut = 1; cut < 40; cut++) {
      const head = await after(spans.slice(0, spans.length - cut));
      expect(head.traces.divergent).toBe(0);
      const tail = await after(spans.slice(cut));
      expect(tail.traces.divergent).toBe(0);
      expect(tail.traces.seen).toBe(tail.traces.matched + tail.traces.undecided + tail.traces.unmodelled);
    }
  });

  it('says which part it did not see', async () => {
    const whole = checkout('a', 0);
    const without = whole.filter(({ name }) => name !== 'POST /orders');
    const { traces } = await after([...without, ...checkouts(1, 8, RATE)]);
    expect(traces.reasons).toEqual({ 'a parent span is missing': 1 });
  });

  it('a component that never reported is not accused', async () => {
    const { traces, divergences } = await after(
      checkouts(0, 5, RATE, () => ({ invoice: true })).filter(({ service }) => service !== 'stock'),
    );
    expect(divergences).toEqual([]);
    expect(traces.undecided).toBe(60);
    expect(Object.keys(traces.reasons ?? {})).toContain('nothing was ever received from Stock');
  });
});

describe('what cannot be seen', () => {
  it('an external component that nobody reports on is not missed', async () => {
    const spans = checkouts(0, 5, RATE).filter(({ service }) => service !== 'bank');
    const { traces, divergences } = await after(spans);
    expect(divergences).toEqual([]);
    expect(traces).toMatchObject({ seen: 60, matched: 60 });
  });
});

describe('evidence that comes late', () => {
  it('takes back what was said to be missing', async () => {
    const spans = inOrderOfEnd(checkouts(0, 10, RATE));
    const isHeld = ({ name, start }: Span) => name === 'reserve' && start > EPOCH + 5e6 && start < EPOCH + 5.5e6;
    const session = await shopSession();
    for (const span of spans) if (!isHeld(span)) session.observe([span]);
    const [accusation] = session.snapshot().divergences;
    expect(accusation).toMatchObject({ kind: 'missing-message', status: 'open', count: 6 });
    const { divergent } = session.snapshot().traces;
    session.observe(spans.filter(isHeld));
    const [withdrawn] = session.snapshot().divergences;
    expect(withdrawn).toMatchObject({ id: accusation?.id, status: 'resolved', verdict: 'retracted', count: 0 });
    expect(divergent).toBe(6);
    expect(session.snapshot().traces).toMatchObject({ divergent: 0, reasons: { 'its spans came too late': 6 } });
  });
});

describe('whatever happens on the way', () => {
  it('reordering, duplicates, internal spans and a lost tail make no trace divergent', async () => {
    const model = await shopModel();
    expect(model.twins).toHaveLength(1);
    const spans = inOrderOfEnd(checkouts(0, 6, RATE));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(800_000), { minLength: spans.length, maxLength: spans.length }),
        fc.array(fc.nat(spans.length - 1), { maxLength: 50 }),
        fc.nat(60),
        async (delays, twice, lost) => {
          const sent = spans.map((span, index) => ({ span, arrival: span.end + (delays[index] ?? 0) }));
          const doubled = twice.map((index) => sent[index] as (typeof sent)[number]);
          const noise = spans.slice(0, 60).flatMap((span, index) => {
            const [inner] = spansOf(`noise${index}`, internal(span.service, 'noise'));
            if (inner === undefined) return [];
            const { traceId, spanId, start, end } = span;
            return [{ span: { ...inner, traceId, parentSpanId: spanId, start, end }, arrival: end }];
          });
          const arrived = [...sent, ...doubled, ...noise].sort((a, b) => a.arrival - b.arrival);
          const session = await shopSession();
          for (const { span } of arrived.slice(0, arrived.length - lost)) session.observe([span]);
          session.close();
          const { traces, divergences } = session.snapshot();
          expect(divergences).toEqual([]);
          expect(traces.divergent).toBe(0);
          if (lost === 0) expect(traces.matched).toBe(72);
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it('exporters that send seldom, each in its own rhythm, make everything later but nothing wrong', async () => {
    const period = 5e6;
    const phases = new Map<string, number>();
    const sent = checkouts(0, 40, RATE, (at) => ({ skipStock: at >= 20 })).map((span) => {
      const phase = phases.get(span.service) ?? (phases.size * 1.7e6) % period;
      phases.set(span.service, phase);
      return { span, arrival: Math.ceil((span.end - phase) / period) * period + phase };
    });
    sent.sort((a, b) => a.arrival - b.arrival);
    const session = await shopSession();
    const found: string[] = [];
    for (let time = sent[0]?.arrival ?? 0, next = 0; next < sent.length; time += 200_000) {
      const batch: Span[] = [];
      for (; next < sent.length && (sent[next]?.arrival ?? 0) <= time; next++) batch.push(sent[next]?.span as Span);
      session.observe(batch);
      session.advance(time + 1e15);
      found.push(...session.snapshot().divergences.map(({ id }) => id));
    }
    expect([...new Set(found)]).toEqual([`missing-message:${messages.reserve}`]);
    session.close();
    const { matched, divergent, undecided } = session.snapshot().traces;
    expect({ matched, others: divergent + undecided }).toEqual({ matched: 240, others: 240 });
    expect(undecided).toBeLessThan(20);
  });

  it('the size of the batches does not matter', async () => {
    const spans = inOrderOfEnd(
      checkouts(0, 20, RATE, (at) => ({ skipStock: at >= 8 && at < 12, charge: at > 15 ? 500 : 60 })),
    );
    const states = await Promise.all(
      [1, 7, 100].map(async (size) => {
        const session = await shopSession();
        for (let start = 0; start < spans.length; start += size) session.observe(spans.slice(start, start + size));
        session.close();
        return session.snapshot();
      }),
    );
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
  });

  it('too many spans in flight are dropped and counted, and memory stays bounded', async () => {
    const session = await shopSession({ limits: { spans: 100, spansPerTrace: 50, remembered: 1000 } });
    const open = Array.from({ length: 100 }, (_, i) =>
      spansOf(`open${i}`, server('web', 'checkout')).map((span) => ({ ...span, parentSpanId: 'never' })),
    );
    session.observe(open.flat());
    feed(session, checkouts(1, 3, RATE));
    session.close();
    const { spans, traces, divergences } = session.snapshot();
    expect(spans.shed).toBeGreaterThan(0);
    expect(traces.divergent).toBe(0);
    expect(divergences).toEqual([]);
  });
});
