/**
 * Reads the trace part of an OTLP/protobuf export request into the shape that OTLP/JSON has. Written from the public
 * field numbers of opentelemetry-proto (collector/trace/v1, trace/v1, resource/v1, common/v1); fields that no span of
 * the shop carries (dropped counts, schema URLs, flags) are passed over. Knows nothing of the extension's own decoder.
 */
import { type Fields, readFields } from './protobuf-fields.ts';

interface JsonAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface JsonSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  /** Decimal text, as OTLP/JSON has 64-bit numbers. */
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly JsonAttribute[];
  readonly events?: readonly {
    readonly timeUnixNano: string;
    readonly name: string;
    readonly attributes: readonly JsonAttribute[];
  }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code: number; readonly message?: string };
}

export interface JsonRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly JsonAttribute[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly JsonSpan[] }[];
  }[];
}

/** Throws where the bytes are no protobuf message. */
export function decodeTraceRequest(bytes: Uint8Array): JsonRequest {
  return {
    resourceSpans: readFields(bytes)
      .messages(1)
      .map((resourceSpans) => ({
        resource: { attributes: attributesOf(resourceSpans.message(1), 1) },
        scopeSpans: resourceSpans.messages(2).map((scopeSpans) => ({
          scope: { name: scopeSpans.message(1).text(1) },
          spans: scopeSpans.messages(2).map(spanOf),
        })),
      })),
  };
}

function spanOf(span: Fields): JsonSpan {
  const parentSpanId = span.hex(4);
  const events = span.messages(11);
  const links = span.messages(13);
  const status = span.message(15);
  return {
    traceId: span.hex(1),
    spanId: span.hex(2),
    ...(parentSpanId ? { parentSpanId } : {}),
    name: span.text(5),
    kind: span.integer(6),
    startTimeUnixNano: String(span.fixed64(7)),
    endTimeUnixNano: String(span.fixed64(8)),
    attributes: attributesOf(span, 9),
    ...(events.length > 0 ? { events: events.map(eventOf) } : {}),
    ...(links.length > 0 ? { links: links.map((link) => ({ traceId: link.hex(1), spanId: link.hex(2) })) } : {}),
    ...(status.integer(3) > 0 ? { status: statusOf(status) } : {}),
  };
}

function eventOf(event: Fields) {
  return { timeUnixNano: String(event.fixed64(1)), name: event.text(2), attributes: attributesOf(event, 3) };
}

function statusOf(status: Fields) {
  const message = status.text(2);
  return { code: status.integer(3), ...(message ? { message } : {}) };
}

function attributesOf(owner: Fields, field: number): JsonAttribute[] {
  return owner.messages(field).map((pair) => ({ key: pair.text(1), value: anyValue(pair.message(2)) }));
}

/** `AnyValue`: exactly one of its fields is there, even where it holds the default. */
function anyValue(value: Fields): Readonly<Record<string, unknown>> {
  if (value.has(1)) return { stringValue: value.text(1) };
  if (value.has(2)) return { boolValue: value.integer(2) !== 0 };
  if (value.has(3)) return { intValue: String(BigInt.asIntN(64, value.varint(3))) };
  if (value.has(4)) return { doubleValue: value.double(4) };
  if (value.has(5)) return { arrayValue: { values: value.message(5).messages(1).map(anyValue) } };
  return {};
}
