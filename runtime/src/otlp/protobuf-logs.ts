/** OTLP/protobuf logs → log records (opentelemetry-proto, logs.proto). */
import type { LogRecord } from '@pollux/engine/observation';
import { attributeBag, noAttributes, type Resource } from './attribute-bag.ts';
import type { Decoded } from './decoded.ts';
import { decodeProtobuf } from './protobuf-request.ts';
import { names, readAttribute, readValue } from './protobuf-values.ts';
import { hexadecimal, microseconds, nextTag, skip, type WireReader, wrongType } from './wire.ts';

export function decodeProtobufLogs(body: Uint8Array): Decoded {
  return decodeProtobuf(body, { request: 'ExportLogsServiceRequest', record: 'log record', read: readLogRecord });
}

const fields: Readonly<Record<number, string>> = {
  1: 'time_unix_nano',
  5: 'body',
  6: 'attributes',
  9: 'trace_id',
  10: 'span_id',
  11: 'observed_time_unix_nano',
  12: 'event_name',
};

function readLogRecord(reader: WireReader, resource: Resource): LogRecord | string {
  let time = 0;
  let observed = 0;
  let body = '';
  let eventName = '';
  let traceId = '';
  let spanId = '';
  let attributes = noAttributes as ReturnType<typeof attributeBag>;
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    switch (tag) {
      case 9:
        time = microseconds(reader);
        break;
      case 42:
        body = String(readValue(reader) ?? '');
        break;
      case 50:
        if (count === 0) attributes = attributeBag();
        readAttribute(reader, attributes, count++);
        break;
      case 74:
        traceId = hexadecimal(reader, 16, 'trace_id');
        break;
      case 82:
        spanId = hexadecimal(reader, 8, 'span_id');
        break;
      case 89:
        observed = microseconds(reader);
        break;
      case 98:
        eventName = names.read(reader);
        break;
      default: {
        const field = fields[tag >>> 3];
        if (field !== undefined) throw wrongType(reader, tag, field);
        skip(reader, tag);
      }
    }
  }
  if (time === 0 && observed === 0) return 'it has no time';
  return {
    kind: 'log',
    time: time === 0 ? observed : time,
    service: resource.service,
    // An event is told by its name where it says nothing else.
    body: body === '' ? eventName : body,
    traceId,
    spanId,
    attributes,
  };
}
