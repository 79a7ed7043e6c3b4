/** OTLP/protobuf traces → spans (opentelemetry-proto, trace.proto). */
import type { Attributes, Span } from '@pollux/engine/observation';
import { attributeBag, noAttributes, type Resource } from './attribute-bag.ts';
import { type Decoded, limits } from './decoded.ts';
import { decodeProtobuf } from './protobuf-request.ts';
import { names, readAttribute, readEnumeration } from './protobuf-values.ts';
import { spanKinds, spanStatuses } from './span-kinds.ts';
import { enter, hexadecimal, leave, microseconds, nextTag, skip, type WireReader, wrongType } from './wire.ts';

export function decodeProtobufTraces(body: Uint8Array): Decoded {
  return decodeProtobuf(body, { request: 'ExportTraceServiceRequest', record: 'span', read: readSpan });
}

const fields = [
  '',
  'trace_id',
  'span_id',
  'trace_state',
  'parent_span_id',
  'name',
  'kind',
  'start_time_unix_nano',
  'end_time_unix_nano',
  'attributes',
  'dropped_attributes_count',
  'events',
  'dropped_events_count',
  'links',
  'dropped_links_count',
  'status',
  'flags',
] as const;

const noEvents: Span['events'] = Object.freeze([]);
const noLinks: Span['links'] = Object.freeze([]);

function readSpan(reader: WireReader, resource: Resource): Span | string {
  let traceId = '';
  let spanId = '';
  let parentSpanId = '';
  let name = '';
  let spanKind: Span['spanKind'] = 'unspecified';
  let start = 0;
  let end = 0;
  let status: Span['status'] = 'unset';
  let attributes = noAttributes as ReturnType<typeof attributeBag>;
  let attributeCount = 0;
  let events = noEvents as Span['events'][number][];
  let links = noLinks as Span['links'][number][];
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    switch (tag) {
      case 10:
        traceId = hexadecimal(reader, 16, 'trace_id');
        break;
      case 18:
        spanId = hexadecimal(reader, 8, 'span_id');
        break;
      case 34:
        parentSpanId = hexadecimal(reader, 8, 'parent_span_id');
        break;
      case 42:
        name = names.read(reader);
        break;
      case 48:
        spanKind = readEnumeration(reader, spanKinds, 'unspecified');
        break;
      case 57:
        start = microseconds(reader);
        break;
      case 65:
        end = microseconds(reader);
        break;
      case 74:
        if (attributeCount === 0) attributes = attributeBag();
        readAttribute(reader, attributes, attributeCount++);
        break;
      case 90:
        if (events.length >= limits.events) skip(reader, tag);
        else {
          if (events === noEvents) events = [];
          events.push(readEvent(reader));
        }
        break;
      case 106:
        if (links.length >= limits.links) skip(reader, tag);
        else {
          if (links === noLinks) links = [];
          links.push(readLink(reader));
        }
        break;
      case 122:
        status = readStatus(reader);
        break;
      case 26:
      case 80:
      case 96:
      case 112:
      case 133:
        skip(reader, tag);
        break;
      default: {
        const field = fields[tag >>> 3];
        if (field !== undefined) throw wrongType(reader, tag, field);
        skip(reader, tag);
      }
    }
  }
  if (traceId === '') return 'it has no trace id';
  if (spanId === '') return 'it has no span id';
  if (start === 0 || end === 0) return `it has no ${start === 0 ? 'start' : 'end'} time`;
  return {
    kind: 'span',
    traceId,
    spanId,
    parentSpanId,
    name,
    spanKind,
    start,
    // A clock that was set back between the two must not yield a negative duration.
    end: Math.max(start, end),
    status,
    service: resource.service,
    instance: resource.instance,
    attributes,
    events,
    links,
  };
}

function readEvent(reader: WireReader): Span['events'][number] {
  const outer = enter(reader);
  let time = 0;
  let name = '';
  let attributes: Attributes = noAttributes;
  let bag: ReturnType<typeof attributeBag> | undefined;
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 9) time = microseconds(reader);
    else if (tag === 18) name = names.read(reader);
    else if (tag === 26) {
      bag ??= attributeBag();
      attributes = bag;
      readAttribute(reader, bag, count++);
    } else if (tag >>> 3 <= 3) throw wrongType(reader, tag, 'a field of an event');
    else skip(reader, tag);
  }
  leave(reader, outer);
  return { name, time, attributes };
}

function readLink(reader: WireReader): Span['links'][number] {
  const outer = enter(reader);
  let traceId = '';
  let spanId = '';
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 10) traceId = hexadecimal(reader, 16, 'trace_id of a link');
    else if (tag === 18) spanId = hexadecimal(reader, 8, 'span_id of a link');
    else if (tag >>> 3 <= 2) throw wrongType(reader, tag, 'an id of a link');
    else skip(reader, tag);
  }
  leave(reader, outer);
  return { traceId, spanId };
}

function readStatus(reader: WireReader): Span['status'] {
  const outer = enter(reader);
  let status: Span['status'] = 'unset';
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 24) status = readEnumeration(reader, spanStatuses, 'unset');
    else if (tag >>> 3 === 3) throw wrongType(reader, tag, 'code');
    else skip(reader, tag);
  }
  leave(reader, outer);
  return status;
}
