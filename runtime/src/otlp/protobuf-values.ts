/** Attributes and values in OTLP/protobuf (opentelemetry-proto, common.proto and resource.proto). */
import type { AttributeValue } from '@pollux/engine/observation';
import { type AttributeBag, attributeBag } from './attribute-bag.ts';
import { cut, limits } from './decoded.ts';
import { enter, integer, leave, Names, nextTag, skip, text, WireError, type WireReader, wrongType } from './wire.ts';

/** Names of attributes, spans and services, shared by all bodies. */
export const names = new Names();

/** One `KeyValue` into the bag; what is past the limit is passed over. */
export function readAttribute(reader: WireReader, bag: AttributeBag, already: number): void {
  const outer = enter(reader);
  if (already < limits.attributes) {
    let key = '';
    let value: AttributeValue | undefined;
    while (reader.pos < reader.len) {
      const tag = nextTag(reader);
      if (tag === 10) key = names.read(reader);
      else if (tag === 18) value = readValue(reader);
      else if (tag >>> 3 <= 2) throw wrongType(reader, tag, tag >>> 3 === 1 ? 'key' : 'value');
      else skip(reader, tag);
    }
    if (key !== '' && value !== undefined) bag[key] = value;
  }
  leave(reader, outer);
}

/** One `AnyValue`: lists become JSON text, bytes base64, integers beyond 2^53 their digits; undefined for an empty one. */
export function readValue(reader: WireReader): AttributeValue | undefined {
  const outer = enter(reader);
  let value: AttributeValue | undefined;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 10) value = text(reader);
    else if (tag === 16) value = reader.bool();
    else if (tag === 24) value = integer(reader);
    else if (tag === 33) value = reader.double();
    else if (tag === 42 || tag === 50) value = cut(JSON.stringify(readList(reader, tag === 50, 1)));
    else if (tag === 58) value = cut(Buffer.from(reader.bytes()).toString('base64'));
    else if (tag >>> 3 <= 7) throw wrongType(reader, tag, 'value');
    else skip(reader, tag);
  }
  leave(reader, outer);
  return value;
}

type Nested = AttributeValue | null | readonly Nested[] | { readonly [key: string]: Nested };

/** `ArrayValue` and `KeyValueList` both hold their elements in field 1. */
function readList(reader: WireReader, keyed: boolean, depth: number): Nested {
  if (depth > limits.depth) throw new WireError(`lists nested more than ${limits.depth} deep`, reader.pos);
  const outer = enter(reader);
  const elements: Nested[] = [];
  const entries: [string, Nested][] = [];
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag !== 10) skip(reader, tag);
    else if (keyed) entries.push(readEntry(reader, depth));
    else elements.push(readNested(reader, depth));
  }
  leave(reader, outer);
  return keyed ? Object.fromEntries(entries) : elements;
}

function readEntry(reader: WireReader, depth: number): [string, Nested] {
  const outer = enter(reader);
  let key = '';
  let value: Nested = null;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 10) key = text(reader);
    else if (tag === 18) value = readNested(reader, depth);
    else skip(reader, tag);
  }
  leave(reader, outer);
  return [key, value];
}

function readNested(reader: WireReader, depth: number): Nested {
  const start = reader.pos;
  const outer = enter(reader);
  if (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 42 || tag === 50) {
      const list = readList(reader, tag === 50, depth + 1);
      leave(reader, outer);
      return list;
    }
  }
  reader.pos = start;
  reader.len = outer;
  return readValue(reader) ?? null;
}

/** The attributes of a `Resource`. */
export function readResourceAttributes(reader: WireReader): AttributeBag {
  const bag = attributeBag();
  const outer = enter(reader);
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = nextTag(reader);
    if (tag === 10) readAttribute(reader, bag, count++);
    else if (tag >>> 3 === 1) throw wrongType(reader, tag, 'attributes');
    else skip(reader, tag);
  }
  leave(reader, outer);
  return bag;
}

/** An enumeration's number; what later versions add reads as 0. */
export function readEnumeration<T>(reader: WireReader, values: readonly T[], fallback: T): T {
  return values[reader.uint32()] ?? fallback;
}
