import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../shop/record/recording.ts';
import { FAULTS } from '../shop/system/fault-name.ts';
import { attribute, named, type SeenSpan } from './observed-shop.ts';

const FOLDER = join(import.meta.dirname, '..', 'shop', 'recordings');
const NAMES = ['healthy', ...Object.keys(FAULTS).filter((name) => name !== 'off')];

describe('the recordings of the shop', () => {
  it('are there for the healthy shop and for every fault', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.otlp.jsonl.gz`).sort());
  });

  describe.each(NAMES)('%s', (name) => {
    const spans = spansOf(name);

    it('is small enough to be committed', () => {
      expect(statSync(fileOf(name)).size).toBeLessThan(300_000);
    });

    it('holds spans of all four services with ids, times and kinds that OTLP allows', () => {
      expect([...new Set(spans.map(({ service }) => service))].sort()).toEqual(['bank', 'orders', 'stock', 'web']);
      for (const span of spans) {
        expect(span.traceId).toMatch(/^(?!0{32})[\da-f]{32}$/);
        expect(span.spanId).toMatch(/^(?!0{16})[\da-f]{16}$/);
        expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
        expect([1, 2, 3]).toContain(span.kind);
      }
      expect(new Set(spans.map(({ traceId, spanId }) => traceId + spanId)).size).toBe(spans.length);
    });

    it('lasts a minute at most', () => {
      const ends = spans.map(({ endTimeUnixNano }) => Number(endTimeUnixNano) / 1e9);
      expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(61);
    });
  });

  it('show only legal lives of orders, but for the fault that breaks them', () => {
    const illegal = Object.fromEntries(NAMES.map((name) => [name, illegalLives(spansOf(name)).length > 0]));
    expect(illegal).toEqual({ healthy: false, 'illegal-refund': true, 'slow-bank': false, 'skip-stock': false });
  });

  it('show reservations missing in the middle third of skip-stock and nowhere else', () => {
    for (const name of NAMES) {
      const unreserved = thirds(spansOf(name)).map((third) => ordersWithoutReserve(third, spansOf(name)));
      expect([name, unreserved.map((count) => count > 0)]).toEqual([name, [false, name === 'skip-stock', false]]);
    }
  });

  it('show charges at least four times slower in the middle third of slow-bank', () => {
    const [before, during, after] = thirds(spansOf('slow-bank')).map((third) => median(named(third, 'POST /charge')));
    expect(during).toBeGreaterThan(4 * before!);
    expect(during).toBeGreaterThan(4 * after!);
  });
});

function fileOf(name: string): string {
  return join(FOLDER, `${name}.otlp.jsonl.gz`);
}

const read = new Map<string, SeenSpan[]>();
function spansOf(name: string): SeenSpan[] {
  const known = read.get(name);
  if (known) return known;
  const spans = readRecording(fileOf(name)).flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ resource, scopeSpans }) => {
      const service = String(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      return scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service })));
    }),
  );
  read.set(name, spans);
  return spans;
}

/** Orders whose events, where their beginning was seen, are in no order that machine Order allows. */
function illegalLives(spans: readonly SeenSpan[]): string[] {
  const events = spans.filter((span) => attribute(span, 'order.id') !== undefined);
  const lives = Map.groupBy(events, (span) => String(attribute(span, 'order.id')));
  return [...lives.entries()]
    .filter(([, life]) => life.some(({ name }) => name === 'order.pay'))
    .map(([id, life]) => {
      const inTime = life.toSorted((a, b) => Number(BigInt(a.endTimeUnixNano) - BigInt(b.endTimeUnixNano)));
      return { id, text: inTime.map((span) => (attribute(span, 'paid') === false ? 'declined' : span.name)).join(' ') };
    })
    .filter(
      ({ text }) =>
        !/^declined$|^order.pay( order.dispatched( order.delivered| order.cancelled( order.refunded)?)?)?$/.test(text),
    )
    .map(({ id }) => id);
}

/** The middle one shrunk by a second at both ends, for requests that straddle the switch; the outer ones alike. */
function thirds(spans: readonly SeenSpan[]): SeenSpan[][] {
  const seconds = (span: SeenSpan) => Number(BigInt(span.endTimeUnixNano) / 1_000_000n) / 1000;
  const all = spans.map(seconds);
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const third = (last - first) / 3;
  return [0, 1, 2].map((i) =>
    spans.filter((span) => seconds(span) > first + i * third + 1.5 && seconds(span) < first + (i + 1) * third - 1.5),
  );
}

function ordersWithoutReserve(third: readonly SeenSpan[], all: readonly SeenSpan[]): number {
  const reserved = new Set(named(all, 'POST /reserve').map(({ traceId }) => traceId));
  return named(third, 'POST /orders').filter(({ traceId }) => !reserved.has(traceId)).length;
}

function median(spans: readonly SeenSpan[]): number {
  const lengths = spans.map((span) => Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6);
  return lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? Number.NaN;
}
