/**
 * Attributes, times and ids in OTLP/JSON, which is not the standard JSON mapping of protobuf: ids are hexadecimal,
 * enumerations are numbers. A mismatch is thrown as `JsonError` and caught where the record around it is known.
 */
import type { AttributeValue } from '@pollux/engine/observation';
import { type AttributeBag, attributeBag } from './attribute-bag.ts';
import { cut, limits } from './decoded.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** What is wrong, and where: a path below the record being read. */
export class JsonError extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

export function object(value: unknown, path: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new JsonError(path, `is ${described(value)}, not an object`);
}

/** Absent and null both mean an empty list. */
export function list(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new JsonError(path, `is ${described(value)}, not a list`);
}

export function text(value: unknown, path: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return cut(value);
  throw new JsonError(path, `is ${described(value)}, not a string`);
}

/** An id in lower-case hexadecimal; empty for none, which is also what zeros mean. */
export function identifier(value: unknown, bytes: number, path: string): string {
  const digits = text(value, path);
  if (digits === '') return '';
  if (digits.length !== bytes * 2) throw new JsonError(path, `has ${digits.length} digits instead of ${bytes * 2}`);
  if (!/^[0-9a-fA-F]+$/.test(digits)) throw new JsonError(path, 'is not hexadecimal');
  return /^0+$/.test(digits) ? '' : digits.toLowerCase();
}

/** Nanoseconds since the epoch, a string of digits or a number, as microseconds; 0 for none. */
export function microseconds(value: unknown, path: string): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && value >= 0 && value < 2 ** 64) return value / 1000;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) {
    return Number(value.slice(0, -3)) + Number(value.slice(-3)) / 1000;
  }
  throw new JsonError(path, `is ${described(value)}, not nanoseconds since 1970`);
}

/** The number of an enumeration, or (which OTLP does not allow, and some send) its name. */
export function enumeration<T extends string>(value: unknown, values: readonly T[], prefix: string, path: string): T {
  const first = values[0] as T;
  if (value === undefined || value === null) return first;
  if (typeof value === 'number') return values[value] ?? first;
  if (typeof value === 'string') return values.find((name) => `${prefix}${name.toUpperCase()}` === value) ?? first;
  throw new JsonError(path, `is ${described(value)}, not a number`);
}

export function attributes(value: unknown, path: string): AttributeBag {
  const bag = attributeBag();
  for (const [index, entry] of list(value, path).entries()) {
    if (index >= limits.attributes) break;
    const at = `${path}[${index}]`;
    const { key, value: any } = object(entry, at);
    const name = text(key, `${at}.key`);
    const read = anyValue(any, `${at}.value`);
    if (name !== '' && read !== undefined) bag[name] = read;
  }
  return bag;
}

/** One `AnyValue`: lists become JSON text, bytes stay base64, integers beyond 2^53 their digits; undefined for an empty one. */
export function anyValue(value: unknown, path: string): AttributeValue | undefined {
  const read = nested(value, path, 0);
  if (read === null) return undefined;
  return typeof read === 'object' ? cut(JSON.stringify(read)) : read;
}

type Nested = AttributeValue | null | readonly Nested[] | { readonly [key: string]: Nested };

function nested(value: unknown, path: string, depth: number): Nested {
  if (value === undefined || value === null) return null;
  if (depth > limits.depth) throw new JsonError(path, `holds lists nested more than ${limits.depth} deep`);
  const any = object(value, path);
  if (isSet(any.stringValue)) return text(any.stringValue, `${path}.stringValue`);
  if (isSet(any.boolValue)) return boolean(any.boolValue, `${path}.boolValue`);
  if (isSet(any.intValue)) return integer(any.intValue, `${path}.intValue`);
  if (isSet(any.doubleValue)) return double(any.doubleValue, `${path}.doubleValue`);
  if (isSet(any.bytesValue)) return text(any.bytesValue, `${path}.bytesValue`);
  if (isSet(any.arrayValue)) {
    const at = `${path}.arrayValue`;
    return list(object(any.arrayValue, at).values, `${at}.values`).map((element, index) =>
      nested(element, `${at}.values[${index}]`, depth + 1),
    );
  }
  if (isSet(any.kvlistValue)) {
    const at = `${path}.kvlistValue`;
    return Object.fromEntries(
      list(object(any.kvlistValue, at).values, `${at}.values`).map((element, index) => {
        const entry = object(element, `${at}.values[${index}]`);
        return [
          text(entry.key, `${at}.values[${index}].key`),
          nested(entry.value, `${at}.values[${index}].value`, depth + 1),
        ];
      }),
    );
  }
  return null;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function boolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new JsonError(path, `is ${described(value)}, not true or false`);
}

function integer(value: unknown, path: string): number | string {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  throw new JsonError(path, `is ${described(value)}, not an integer`);
}

function double(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^(NaN|-?Infinity|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value)) return Number(value);
  throw new JsonError(path, `is ${described(value)}, not a number`);
}

function described(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const shown = JSON.stringify(value);
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}
