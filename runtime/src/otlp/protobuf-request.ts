/**
 * The frames that traces, logs and metrics share in OTLP/protobuf: request → resource → scope → record. A record that is broken is
 * refused and its neighbours are kept; a frame that is broken makes the whole body unreadable.
 */
import { noResource, type Resource, resourceOf } from './attribute-bag.ts';
import { type Decoded, outcome, Rejections } from './decoded.ts';
import { readResourceAttributes } from './protobuf-values.ts';
import { enter, leave, nextTag, skip, WireError, type WireReader, wireReader, wrongType } from './wire.ts';

/** Reads one record whose frame the reader has entered; a text says why it is refused. */
type ReadRecord<T> = (reader: WireReader, resource: Resource) => T | string;

interface RecordKind<T> {
  /** `ExportTraceServiceRequest`, for the message about a body that is none. */
  readonly request: string;
  /** What a record is called in messages. */
  readonly record: string;
  readonly read: ReadRecord<T>;
}

/** Decodes a whole body. Never throws on any bytes. */
export function decodeProtobuf<T extends object>(body: Uint8Array, kind: RecordKind<T>): Decoded<T> {
  const reader = wireReader(body);
  const observations: T[] = [];
  const rejections = new Rejections();
  let unknown = 0;
  try {
    while (reader.pos < reader.len) {
      const tag = nextTag(reader);
      if (tag === 10) readResourceRecords(reader, kind, observations, rejections);
      else if (tag >>> 3 === 1) throw wrongType(reader, tag, `resource_${kind.record}s`);
      else {
        skip(reader, tag);
        unknown++;
      }
    }
  } catch (error) {
    return { kind: 'not-otlp', reason: `not an ${kind.request}: ${reasonOf(error, reader)}` };
  }
  if (unknown > 0 && observations.length === 0 && rejections.count === 0) {
    return { kind: 'not-otlp', reason: `not an ${kind.request}: it holds only fields that OTLP does not have` };
  }
  return outcome(observations, rejections);
}

function readResourceRecords<T extends object>(
  reader: WireReader,
  kind: RecordKind<T>,
  into: T[],
  rejections: Rejections,
): void {
  const outer = enter(reader);
  const start = reader.pos;
  const resource = findResource(reader);
  reader.pos = start;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 18) readScopeRecords(reader, kind, resource, into, rejections);
    else if (tag >>> 3 === 2) throw wrongType(reader, tag, `scope_${kind.record}s`);
    else skip(reader, tag);
  }
  leave(reader, outer);
}

/** Fields may come in any order, and the records need the resource first. */
function findResource(reader: WireReader): Resource {
  let resource = noResource;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 10) resource = resourceOf(readResourceAttributes(reader));
    else if (tag >>> 3 === 1) throw wrongType(reader, tag, 'resource');
    else skip(reader, tag);
  }
  return resource;
}

function readScopeRecords<T extends object>(
  reader: WireReader,
  kind: RecordKind<T>,
  resource: Resource,
  into: T[],
  rejections: Rejections,
): void {
  const outer = enter(reader);
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 18) readRecord(reader, kind, resource, into, rejections);
    else if (tag >>> 3 === 2) throw wrongType(reader, tag, `${kind.record}s`);
    else skip(reader, tag);
  }
  leave(reader, outer);
}

function readRecord<T extends object>(
  reader: WireReader,
  kind: RecordKind<T>,
  resource: Resource,
  into: T[],
  rejections: Rejections,
): void {
  const outer = enter(reader);
  const start = reader.pos;
  const end = reader.len;
  try {
    const record = kind.read(reader, resource);
    if (typeof record === 'string') rejections.add(`${kind.record} at byte ${start}: ${record}`);
    else into.push(record);
  } catch (error) {
    rejections.add(`${kind.record} at byte ${start}: ${reasonOf(error, reader)}`);
  }
  reader.pos = end;
  reader.len = outer;
}

/** Anything but the two kinds of errors that reading raises is a bug and goes on. */
function reasonOf(error: unknown, reader: WireReader): string {
  if (error instanceof WireError) return `${error.message} (byte ${error.offset})`;
  if (error instanceof RangeError) return `it breaks off (byte ${reader.pos})`;
  if (error instanceof Error && error.message.startsWith('invalid ')) return `${error.message} (byte ${reader.pos})`;
  throw error;
}
