import { describe, expect, it } from 'vitest';
import { decodeTraceRequest } from '../shop/record/otlp-protobuf.ts';
import { openSpanSink } from '../shop/record/span-sink.ts';

/** Length-delimited field; every length here fits into one byte. */
const field = (number: number, ...content: number[]) => [(number << 3) | 2, content.length, ...content];
const text = (value: string) => [...Buffer.from(value)];
const varint = (number: number, ...bytes: number[]) => [number << 3, ...bytes];
const fixed64 = (number: number, value: bigint) => [
  (number << 3) | 1,
  ...new Uint8Array(BigUint64Array.of(value).buffer),
];

const attributes = [
  ...field(9, ...field(1, ...text('s')), ...field(2, ...field(1, ...text('ä')))),
  ...field(9, ...field(1, ...text('b')), ...field(2, ...varint(2, 0))),
  ...field(9, ...field(1, ...text('i')), ...field(2, ...varint(3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1))),
  ...field(9, ...field(1, ...text('d')), ...field(2, ...fixed64(4, 0x3ff8000000000000n))),
];

const span = [
  ...field(1, ...Array<number>(16).fill(0xab)),
  ...field(2, ...Array<number>(8).fill(0xcd)),
  ...field(5, ...text('POST /orders')),
  ...varint(6, 2),
  ...fixed64(7, 1_795_354_715_589_123_456n),
  ...fixed64(8, 1_795_354_715_589_123_457n),
  ...field(15, ...field(2, ...text('no')), ...varint(3, 2)),
];

const request = (content: number[]) => Uint8Array.from(field(1, ...field(2, ...field(2, ...content))));

describe('the recorder', () => {
  it('reads ids as hex, times without loss, kind and status', () => {
    expect(spanOf(request(span))).toEqual({
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
      name: 'POST /orders',
      kind: 2,
      startTimeUnixNano: '1795354715589123456',
      endTimeUnixNano: '1795354715589123457',
      attributes: [],
      status: { code: 2, message: 'no' },
    });
  });

  it('keeps the type of an attribute, false and -1 too', () => {
    expect(spanOf(request(attributes))?.attributes).toEqual([
      { key: 's', value: { stringValue: 'ä' } },
      { key: 'b', value: { boolValue: false } },
      { key: 'i', value: { intValue: '-1' } },
      { key: 'd', value: { doubleValue: 1.5 } },
    ]);
  });

  it('passes over fields that it does not know', () => {
    const unknown = [...varint(16 - 1 - 5, 1), ...field(14, 1, 2, 3), (12 << 3) | 5, 1, 2, 3, 4];
    expect(spanOf(request([...unknown, ...span]))).toEqual(spanOf(request(span)));
  });

  it('refuses every message that ends too early', () => {
    const whole = request(span);
    for (let length = 1; length < whole.length; length++) {
      expect(() => decodeTraceRequest(whole.subarray(0, length))).toThrow(/ends in the middle/);
    }
  });

  it('answers 400 to what is not OTLP', async () => {
    const taken: unknown[] = [];
    const sink = await openSpanSink((decoded) => taken.push(decoded));
    const post = (body: Uint8Array<ArrayBuffer> | string) =>
      fetch(`${sink.endpoint}/v1/traces`, { method: 'POST', body });
    expect((await post('{"resourceSpans": []}')).status).toBe(400);
    expect((await post(request(span))).status).toBe(200);
    expect(taken).toHaveLength(1);
    await sink.close();
  });
});

function spanOf(bytes: Uint8Array) {
  return decodeTraceRequest(bytes).resourceSpans[0]?.scopeSpans[0]?.spans[0];
}
