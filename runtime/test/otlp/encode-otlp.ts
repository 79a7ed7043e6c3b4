/** Encodes OTLP requests for tests, straight from the public field numbers and independent of the decoder. */
import { Writer } from 'protobufjs/minimal.js';

export type AnyValue =
  | string
  | boolean
  | number
  | bigint
  | Uint8Array
  | readonly AnyValue[]
  | { readonly double: number };

export interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly status: number;
  readonly attributes: Readonly<Record<string, AnyValue>>;
  readonly events: readonly {
    readonly name: string;
    readonly time: bigint;
    readonly attributes: Readonly<Record<string, AnyValue>>;
  }[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

interface RawLog {
  readonly time: bigint;
  readonly body: AnyValue;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, AnyValue>>;
}

export interface Group<T> {
  readonly resource: Readonly<Record<string, AnyValue>>;
  readonly records: readonly T[];
}

export function encodeTraces(groups: readonly Group<RawSpan>[]): Uint8Array {
  return encodeRequest(groups, writeSpan);
}

export function encodeLogs(groups: readonly Group<RawLog>[]): Uint8Array {
  return encodeRequest(groups, (writer, log) => {
    fixed64(writer.uint32(9), log.time);
    writeValue(writer.uint32(42), log.body);
    for (const [key, value] of Object.entries(log.attributes)) writeAttribute(writer.uint32(50), key, value);
    if (log.traceId !== '') writer.uint32(74).bytes(Buffer.from(log.traceId, 'hex'));
    if (log.spanId !== '') writer.uint32(82).bytes(Buffer.from(log.spanId, 'hex'));
  });
}

/** Metrics without any figure. */
export function encodeMetrics(groups: readonly Group<string>[]): Uint8Array {
  return encodeRequest(groups, (writer, name) => {
    writer.uint32(18).string('a description').uint32(10).string(name);
  });
}

/** The same spans as OTLP/JSON. */
export function jsonTraces(groups: readonly Group<RawSpan>[]): string {
  return JSON.stringify({
    resourceSpans: groups.map(({ resource, records }) => ({
      resource: { attributes: jsonAttributes(resource) },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: records.map((span) => ({
            traceId: span.traceId,
            spanId: span.spanId,
            ...(span.parentSpanId === '' ? {} : { parentSpanId: span.parentSpanId }),
            name: span.name,
            kind: span.kind,
            startTimeUnixNano: span.start.toString(),
            endTimeUnixNano: span.end.toString(),
            status: { code: span.status },
            attributes: jsonAttributes(span.attributes),
            events: span.events.map(({ name, time, attributes }) => ({
              name,
              timeUnixNano: time.toString(),
              attributes: jsonAttributes(attributes),
            })),
            links: span.links,
          })),
        },
      ],
    })),
  });
}

function encodeRequest<T>(groups: readonly Group<T>[], write: (writer: Writer, record: T) => void): Uint8Array {
  const writer = Writer.create();
  for (const { resource, records } of groups) {
    writer.uint32(10).fork();
    // The resource after its records: the order of fields is free.
    writer.uint32(18).fork();
    for (const record of records) {
      writer.uint32(18).fork();
      write(writer, record);
      writer.ldelim();
    }
    writer.ldelim();
    writer.uint32(10).fork();
    for (const [key, value] of Object.entries(resource)) writeAttribute(writer.uint32(10), key, value);
    writer.ldelim().ldelim();
  }
  return writer.finish();
}

function writeSpan(writer: Writer, span: RawSpan): void {
  writer.uint32(10).bytes(Buffer.from(span.traceId, 'hex')).uint32(18).bytes(Buffer.from(span.spanId, 'hex'));
  if (span.parentSpanId !== '') writer.uint32(34).bytes(Buffer.from(span.parentSpanId, 'hex'));
  writer.uint32(42).string(span.name).uint32(48).int32(span.kind);
  fixed64(writer.uint32(57), span.start);
  fixed64(writer.uint32(65), span.end);
  for (const [key, value] of Object.entries(span.attributes)) writeAttribute(writer.uint32(74), key, value);
  for (const event of span.events) {
    writer.uint32(90).fork();
    fixed64(writer.uint32(9), event.time);
    writer.uint32(18).string(event.name);
    for (const [key, value] of Object.entries(event.attributes)) writeAttribute(writer.uint32(26), key, value);
    writer.ldelim();
  }
  for (const link of span.links) {
    writer.uint32(106).fork();
    writer
      .uint32(10)
      .bytes(Buffer.from(link.traceId, 'hex'))
      .uint32(18)
      .bytes(Buffer.from(link.spanId, 'hex'))
      .ldelim();
  }
  writer.uint32(122).fork().uint32(24).int32(span.status).ldelim();
}

function writeAttribute(writer: Writer, key: string, value: AnyValue): void {
  writer.fork().uint32(10).string(key);
  writeValue(writer.uint32(18), value);
  writer.ldelim();
}

function writeValue(writer: Writer, value: AnyValue): void {
  writer.fork();
  if (typeof value === 'string') writer.uint32(10).string(value);
  else if (typeof value === 'boolean') writer.uint32(16).bool(value);
  else if (typeof value === 'number' || typeof value === 'bigint') varint64(writer.uint32(24), BigInt(value));
  else if (value instanceof Uint8Array) writer.uint32(58).bytes(value);
  else if ('double' in value) writer.uint32(33).double(value.double);
  else {
    writer.uint32(42).fork();
    for (const element of value) writeValue(writer.uint32(10), element);
    writer.ldelim();
  }
  writer.ldelim();
}

function fixed64(writer: Writer, value: bigint): void {
  writer.fixed32(Number(value & 0xffffffffn)).fixed32(Number(value >> 32n));
}

/** The writer takes the halves of a 64-bit number as signed words. */
function varint64(writer: Writer, value: bigint): void {
  const unsigned = BigInt.asUintN(64, value);
  writer.uint64({
    low: Number(unsigned & 0xffffffffn) | 0,
    high: Number(unsigned >> 32n) | 0,
    unsigned: true,
  } as never);
}

function jsonAttributes(attributes: Readonly<Record<string, AnyValue>>): unknown[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: jsonValue(value) }));
}

function jsonValue(value: AnyValue): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number' || typeof value === 'bigint') return { intValue: value.toString() };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if ('double' in value) return { doubleValue: Number.isFinite(value.double) ? value.double : String(value.double) };
  return { arrayValue: { values: value.map(jsonValue) } };
}
