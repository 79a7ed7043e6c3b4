import { decodeJson, decodeProtobufLogs, decodeProtobufTraces } from '@pollux/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/otlp/decoded.ts';
import { type AnyValue, encodeLogs, encodeTraces, jsonTraces, type RawSpan } from './encode-otlp.ts';
import { exampleSpan } from './example-span.ts';
import { expectedSpans, randomGroups } from './random-spans.ts';

const one: RawSpan = { ...exampleSpan, attributes: { 'order.id': 'o-1' } };
const resource = { 'service.name': 'orders' };

describe('decoding OTLP traces', () => {
  it('gives back every span that was encoded, in protobuf', () => {
    fc.assert(
      fc.property(randomGroups, (groups) => {
        expect(plain(decodeProtobufTraces(encodeTraces(groups)))).toEqual({
          kind: 'decoded',
          observations: expectedSpans(groups),
          rejected: 0,
          reasons: [],
        });
      }),
    );
  });

  it('gives back every span that was encoded, in JSON', () => {
    fc.assert(
      fc.property(randomGroups, (groups) => {
        expect(plain(decodeJson(jsonTraces(groups), 'traces'))).toEqual({
          kind: 'decoded',
          observations: expectedSpans(groups),
          rejected: 0,
          reasons: [],
        });
      }),
    );
  });

  it('never throws on random bytes, and never lets them pass for a span', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        for (const decode of [decodeProtobufTraces, decodeProtobufLogs]) {
          const decoded = decode(bytes);
          if (decoded.kind === 'not-otlp')
            expect(decoded.reason).toMatch(/^not an Export(Trace|Logs)ServiceRequest: |^(span|log record) at byte/);
          else expect(decoded.observations).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws on a body with one byte changed', () => {
    const body = encodeTraces([{ resource, records: [one, { ...one, spanId: '00f067aa0ba902b7' }] }]);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(body);
        changed[at] = byte;
        const decoded = decodeProtobufTraces(changed);
        if (decoded.kind === 'decoded') expect(decoded.observations.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 2000 },
    );
  });

  it('says at which byte a body breaks off, wherever it does', () => {
    const body = encodeTraces([{ resource, records: [one] }]);
    for (let length = 1; length < body.length; length++) {
      const decoded = decodeProtobufTraces(body.subarray(0, length));
      expect(decoded).toMatchObject({ kind: 'not-otlp' });
      expect(decoded.kind === 'not-otlp' ? decoded.reason : '').toMatch(/\(byte \d+\)$/);
    }
  });

  it('never throws on random JSON', () => {
    const deep = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.dictionary(
        fc.constantFrom('resourceSpans', 'scopeSpans', 'spans', 'attributes', 'traceId'),
        tie('value'),
      ),
    }));
    fc.assert(
      fc.property(deep.value, (value) => {
        const decoded = decodeJson(JSON.stringify(value), 'traces');
        expect(['decoded', 'not-otlp']).toContain(decoded.kind);
      }),
    );
  });

  it('never throws on a good body with any part of it replaced by something else', () => {
    const good = JSON.parse(
      jsonTraces([
        {
          resource,
          records: [
            {
              ...one,
              links: [{ traceId: one.traceId, spanId: one.spanId }],
              events: [{ name: 'e', time: 1n, attributes: {} }],
            },
          ],
        },
      ]),
    );
    const places = pathsIn(good);
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.jsonValue(), (place, value) => {
        const decoded = decodeJson(JSON.stringify(replaced(good, places[place] ?? [], value)), 'traces');
        if (decoded.kind === 'not-otlp') expect(decoded.reason).not.toBe('');
        else expect(decoded.observations.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the good spans beside a broken one and says what is wrong with it', () => {
    const decoded = decodeProtobufTraces(
      encodeTraces([{ resource, records: [one, { ...one, traceId: 'abcd' }, one] }]),
    );
    expect(decoded).toMatchObject({ kind: 'decoded', rejected: 1 });
    if (decoded.kind !== 'decoded') return;
    expect(decoded.observations).toHaveLength(2);
    expect(decoded.reasons[0]).toMatch(/^span at byte \d+: trace_id has 2 bytes instead of 16 \(byte \d+\)$/);
  });

  it('keeps the good spans beside a broken one in JSON and gives its path', () => {
    const body = jsonTraces([{ resource, records: [one, { ...one, spanId: 'xyz' }] }]);
    expect(decodeJson(body, 'traces')).toMatchObject({
      rejected: 1,
      reasons: ['$.resourceSpans[0].scopeSpans[0].spans[1].spanId has 3 digits instead of 16'],
    });
  });

  it.each([
    ['a span without an end', { ...one, end: 0n }, 'it has no end time'],
    ['a span without a start', { ...one, start: 0n }, 'it has no start time'],
    ['a trace id of zeros', { ...one, traceId: '0'.repeat(32) }, 'it has no trace id'],
    ['a span id of zeros', { ...one, spanId: '0'.repeat(16) }, 'it has no span id'],
  ])('refuses %s', (_, span, reason) => {
    const decoded = decodeProtobufTraces(encodeTraces([{ resource, records: [span] }]));
    expect(decoded.kind === 'not-otlp' ? decoded.reason : '').toContain(reason);
  });

  it('takes logs sent to the path of traces for what they are', () => {
    const logs = encodeLogs([
      { resource, records: [{ time: 5n, body: 'x', traceId: '', spanId: '', attributes: {} }] },
    ]);
    const decoded = decodeProtobufTraces(logs);
    expect(decoded.kind === 'not-otlp' ? decoded.reason : '').toContain('trace_id (field 1) has wire type 1');
  });

  it('takes an empty request for a request with nothing in it', () => {
    expect(decodeProtobufTraces(new Uint8Array())).toMatchObject({ kind: 'decoded', observations: [] });
    expect(decodeJson('{}', 'traces')).toMatchObject({ kind: 'decoded', observations: [] });
  });

  it.each([
    ['hello', 'it is not JSON'],
    ['[]', '$ is a list, not an object'],
    ['{"spans": []}', 'it has no "resourceSpans"'],
    ['{"resourceSpans": 5}', '$.resourceSpans is 5, not a list'],
  ])('says why %s is not OTLP', (body, reason) => {
    const decoded = decodeJson(body, 'traces');
    expect(decoded.kind === 'not-otlp' ? decoded.reason : '').toContain(reason);
  });

  it('takes ids in capitals and 64-bit numbers as numbers, as some senders write them', () => {
    const body = JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: one.traceId.toUpperCase(),
                  spanId: one.spanId.toUpperCase(),
                  kind: 'SPAN_KIND_CLIENT',
                  startTimeUnixNano: 1_000_000_000,
                  endTimeUnixNano: '2000000500',
                  attributes: [{ key: 'n', value: { intValue: 7 } }],
                },
              ],
            },
          ],
        },
      ],
    });
    const decoded = decodeJson(body, 'traces');
    expect(decoded.kind === 'decoded' && plain(decoded.observations[0])).toMatchObject({
      traceId: one.traceId,
      spanId: one.spanId,
      spanKind: 'client',
      start: 1e6,
      end: 2_000_000.5,
      attributes: { n: 7 },
    });
  });

  it('cuts off what exceeds the limits and keeps the span', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: limits.attributes + 50 }, (_, index) => [`a${index}`, index]),
    );
    const long = { ...one, attributes: { long: 'x'.repeat(limits.text + 1), ...attributes } };
    for (const decoded of [
      decodeProtobufTraces(encodeTraces([{ resource, records: [long] }])),
      decodeJson(jsonTraces([{ resource, records: [long] }]), 'traces'),
    ]) {
      const [span] = decoded.kind === 'decoded' ? decoded.observations : [];
      expect(Object.keys(span?.attributes ?? {})).toHaveLength(limits.attributes);
      expect(span?.attributes.long).toBe('x'.repeat(limits.text));
    }
  });

  it('refuses lists nested without end instead of running out of stack', () => {
    let value: AnyValue = 'x';
    for (let depth = 0; depth < 200; depth++) value = [value];
    const groups = [{ resource, records: [{ ...one, attributes: { deep: value } }] }];
    for (const decoded of [decodeProtobufTraces(encodeTraces(groups)), decodeJson(jsonTraces(groups), 'traces')]) {
      expect(decoded.kind === 'not-otlp' ? decoded.reason : '').toContain('nested more than 16 deep');
    }
    expect(decodeJson('['.repeat(1_000_000), 'traces')).toMatchObject({ kind: 'not-otlp' });
  });
});

describe('decoding OTLP logs', () => {
  it('gives back what was encoded', () => {
    const log = {
      time: 1_700_000_000_000_001_500n,
      body: 'order cancelled',
      traceId: one.traceId,
      spanId: one.spanId,
      attributes: { n: 3 },
    };
    const decoded = decodeProtobufLogs(encodeLogs([{ resource, records: [log] }]));
    expect(decoded.kind === 'decoded' && plain(decoded.observations)).toEqual([
      {
        kind: 'log',
        time: 1_700_000_000_000_001.5,
        service: 'orders',
        body: 'order cancelled',
        traceId: one.traceId,
        spanId: one.spanId,
        attributes: { n: 3 },
      },
    ]);
  });

  it('falls back on the time of observation and the name of the event', () => {
    const body = {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ observedTimeUnixNano: '2000', eventName: 'order.placed' }] }] }],
    };
    expect(decodeJson(JSON.stringify(body), 'logs')).toMatchObject({
      observations: [{ time: 2, body: 'order.placed' }],
    });
  });
});

/** Without the prototype that attributes do not have. */
function plain(value: unknown): unknown {
  return structuredClone(value);
}

type Path = readonly (string | number)[];

/** Every place within a JSON value. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [at, ...keys.flatMap((key) => pathsIn((value as Record<string | number, unknown>)[key], [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
