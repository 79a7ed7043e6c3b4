/** Random OTLP traces, and what decoding them must yield. */
import type { AttributeValue, Span } from '@pollux/engine/observation';
import fc from 'fast-check';
import type { AnyValue, Group, RawSpan } from './encode-otlp.ts';

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Buffer.from(id).toString('hex'));

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const key = fc.oneof(
  text.filter((name) => name !== ''),
  fc.constantFrom('constructor', '__proto__', 'toString', 'order.id'),
);
const time = fc.bigInt({ min: 1n, max: 2n ** 61n });

const value: fc.Arbitrary<AnyValue> = fc.oneof(
  text,
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer(),
  fc.double().map((double) => ({ double })),
  fc.uint8Array({ maxLength: 20 }),
  fc.array(fc.oneof(text, fc.integer()), { maxLength: 4 }),
);

const attributes = fc.array(fc.tuple(key, value), { maxLength: 8 }).map((entries) => Object.fromEntries(entries));

const span: fc.Arbitrary<RawSpan> = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: fc.oneof(fc.constant(''), hex(8)),
  name: text,
  kind: fc.integer({ min: 0, max: 5 }),
  start: time,
  end: time,
  status: fc.integer({ min: 0, max: 2 }),
  attributes,
  events: fc.array(fc.record({ name: text, time, attributes }), { maxLength: 3 }),
  links: fc.array(fc.record({ traceId: hex(16), spanId: hex(8) }), { maxLength: 3 }),
});

export const randomGroups: fc.Arbitrary<Group<RawSpan>[]> = fc.array(
  fc.record({
    resource: fc.record({ 'service.name': text, 'host.name': text }),
    records: fc.array(span, { minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 3 },
);

/** What the engine must see of them. */
export function expectedSpans(groups: readonly Group<RawSpan>[]): Span[] {
  return groups.flatMap(({ resource, records }) =>
    records.map(
      (raw): Span => ({
        kind: 'span',
        traceId: raw.traceId,
        spanId: raw.spanId,
        parentSpanId: raw.parentSpanId,
        name: raw.name,
        spanKind:
          (['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const)[raw.kind] ?? 'unspecified',
        start: microseconds(raw.start),
        end: Math.max(microseconds(raw.start), microseconds(raw.end)),
        status: (['unset', 'ok', 'error'] as const)[raw.status] ?? 'unset',
        service: String(resource['service.name']),
        instance: String(resource['host.name']),
        attributes: expectedAttributes(raw.attributes),
        events: raw.events.map(({ name, time: at, attributes: bag }) => ({
          name,
          time: microseconds(at),
          attributes: expectedAttributes(bag),
        })),
        links: raw.links,
      }),
    ),
  );
}

function expectedAttributes(raw: Readonly<Record<string, AnyValue>>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(raw).map(([name, any]) => [name, expectedValue(any)]));
}

function expectedValue(any: AnyValue): AttributeValue {
  if (typeof any === 'bigint') return Number.isSafeInteger(Number(any)) ? Number(any) : any.toString();
  if (typeof any !== 'object') return any;
  if (any instanceof Uint8Array) return Buffer.from(any).toString('base64');
  if ('double' in any) return any.double;
  return JSON.stringify(any);
}

/** Nanoseconds to the nearest double of microseconds. */
function microseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n) + Number(nanoseconds % 1000n) / 1000;
}
