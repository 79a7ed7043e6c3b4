import type { Observation } from '@pollux/engine/observation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EPOCH } from '../observation/span-builder.ts';
import { shopSession } from './shop-telemetry.ts';

const id = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e');
const time = fc.oneof(
  fc.nat(20_000_000).map((offset) => EPOCH + offset),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, 4e15),
);
const attributes = fc.dictionary(
  fc.constantFrom('order.id', 'order.total', 'ok', 'amount', 'event.name', '__proto__'),
  fc.oneof(fc.string(), fc.double(), fc.boolean()),
);
const service = fc.constantFrom('web', 'orders', 'stock', 'bank', 'mail', '');

const span: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('span' as const),
  traceId: id,
  spanId: id,
  parentSpanId: id,
  name: fc.constantFrom('checkout', 'POST /orders', 'reserve', 'charge', 'paid', 'handover', 'refunded', ''),
  spanKind: fc.constantFrom('unspecified', 'internal', 'server', 'client', 'producer', 'consumer'),
  start: time,
  end: time,
  status: fc.constantFrom('unset', 'ok', 'error'),
  service,
  instance: id,
  attributes,
  events: fc.constant([]),
  links: fc.array(fc.record({ traceId: id, spanId: id }), { maxLength: 2 }),
});

const log: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('log' as const),
  time,
  service,
  body: fc.constantFrom('delivered', ''),
  traceId: id,
  spanId: id,
  attributes,
});

describe('anything at all', () => {
  it('is taken: nothing throws, and every judged trace is in exactly one place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.oneof(span, log), { maxLength: 20 }), { maxLength: 10 }),
        async (batches) => {
          const session = await shopSession({ limits: { spans: 30, spansPerTrace: 10, remembered: 10 }, instances: 3 });
          let clock = 0;
          for (const batch of batches) {
            session.observe(batch);
            clock += 700_000;
            session.advance(clock);
            session.snapshot();
          }
          session.close();
          const state = session.snapshot();
          const { seen, matched, divergent, undecided, unmodelled } = state.traces;
          expect(seen).toBe(matched + divergent + undecided + unmodelled);
          expect(state.spans.received).toBe(batches.flat().filter(({ kind }) => kind === 'span').length);
          // What leaves the engine is plain data.
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});
