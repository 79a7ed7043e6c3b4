/**
 * Reading protobuf fields within the frame they belong to, over the minimal reader of protobufjs. Says at which byte a body
 * goes wrong; knows no message of OTLP.
 */
import { Reader } from 'protobufjs/minimal.js';
import { cut } from './decoded.ts';

export type WireReader = Reader;

/** Wire types of protobuf that OTLP uses. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** A body that breaks off or breaks the encoding; caught where the frame around it is known. */
export class WireError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function wireReader(body: Uint8Array): WireReader {
  return Reader.create(Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength));
}

/** Narrows the reader to a nested message; returns where the outer one ends, for `leave`. */
export function enter(reader: WireReader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  const outer = reader.len;
  if (end > outer) throw new WireError(`a message of ${length} bytes runs past the end of what holds it`, reader.pos);
  reader.len = end;
  return outer;
}

/** Back to the outer message, after the nested one whatever was left of it. */
export function leave(reader: WireReader, outer: number): void {
  reader.pos = reader.len;
  reader.len = outer;
}

/** The next field's tag: number * 8 + wire type. */
export function nextTag(reader: WireReader): number {
  const at = reader.pos;
  const tag = reader.uint32();
  if (tag >>> 3 === 0) throw new WireError('field number 0', at);
  return tag;
}

/** Passes over a field that is of no interest, or of a later version of OTLP. */
export function skip(reader: WireReader, tag: number): void {
  switch (tag & 7) {
    case VARINT:
      reader.skip();
      return;
    case FIXED64:
      reader.skip(8);
      return;
    case LENGTH:
      reader.skip(reader.uint32());
      return;
    case FIXED32:
      reader.skip(4);
      return;
    default:
      throw new WireError(`wire type ${tag & 7} in field ${tag >>> 3}`, reader.pos);
  }
}

/** The field is known, its wire type is not the one it must have. */
export function wrongType(reader: WireReader, tag: number, field: string): WireError {
  return new WireError(`${field} (field ${tag >>> 3}) has wire type ${tag & 7}`, reader.pos);
}

/**
 * Nanoseconds since the epoch as microseconds, rounded once: the high word is split so that both parts are exact
 * (2^32 = 4294967 * 1000 + 296).
 */
export function microseconds(reader: WireReader): number {
  const low = reader.fixed32();
  const high = reader.fixed32();
  return high * 4294967 + (high * 296 + low) / 1000;
}

/** A signed 64-bit varint; its decimal digits where a double cannot hold it. */
export function integer(reader: WireReader): number | string {
  const { buf } = reader;
  let low = 0;
  let high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (reader.pos >= reader.len) throw new WireError('a number breaks off', reader.pos);
    const byte = buf[reader.pos++] ?? 0;
    const bits = byte & 127;
    if (shift < 28) low |= bits << shift;
    else if (shift === 28) {
      low |= bits << 28;
      high |= bits >>> 4;
    } else if (shift < 63) high |= bits << (shift - 32);
    else high |= bits << 31;
    if (byte < 128) {
      const value = high * 4294967296 + (low >>> 0);
      return Number.isSafeInteger(value) ? value : ((BigInt(high) << 32n) | BigInt(low >>> 0)).toString();
    }
  }
  throw new WireError('a number of more than ten bytes', reader.pos);
}

/** An id of so many bytes in hexadecimal; empty for none, which is also what zeros mean. */
export function hexadecimal(reader: WireReader, bytes: number, field: string): string {
  const length = reader.uint32();
  const start = reader.pos;
  if (length > reader.len - start) throw new WireError(`${field} runs past the end of what holds it`, start);
  reader.pos = start + length;
  if (length === 0) return '';
  if (length !== bytes) throw new WireError(`${field} has ${length} bytes instead of ${bytes}`, start);
  const { buf } = reader;
  let any = 0;
  for (let at = start; at < reader.pos; at++) any |= buf[at] ?? 0;
  return any === 0 ? '' : (buf as Buffer).toString('hex', start, reader.pos);
}

/** A text, cut to the limit. */
export function text(reader: WireReader): string {
  return cut(reader.string());
}

const SLOTS = 2048;
const LONGEST = 64;

/** Names that come again and again are made once. Direct-mapped and of fixed size, so no sender can fill the memory. */
export class Names {
  readonly #slots: (string | undefined)[] = new Array<string | undefined>(SLOTS).fill(undefined);

  read(reader: WireReader): string {
    const { buf } = reader;
    const begin = reader.pos;
    const length = reader.uint32();
    const start = reader.pos;
    if (length > LONGEST || length > reader.len - start) {
      reader.pos = begin;
      return text(reader);
    }
    const end = start + length;
    let hash = length;
    let high = 0;
    for (let at = start; at < end; at++) {
      const byte = buf[at] ?? 0;
      hash = (Math.imul(hash, 31) + byte) | 0;
      high |= byte;
    }
    reader.pos = end;
    // Only ASCII, where a character is a byte and can be compared without decoding.
    if (high > 127) return (buf as Buffer).toString('utf8', start, end);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#slots[slot];
    if (known !== undefined && known.length === length) {
      let at = 0;
      while (at < length && known.charCodeAt(at) === buf[start + at]) at++;
      if (at === length) return known;
    }
    const name = (buf as Buffer).toString('latin1', start, end);
    this.#slots[slot] = name;
    return name;
  }
}
