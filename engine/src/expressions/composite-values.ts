/**
 * Records and lists: equality, looking inside, replacing an attribute. Nothing is changed in place. An attribute that
 * a record does not have is absent to those who know everything, and not known to those who only watch.
 */
import type { Place, RecordValue, Value } from '../model/index.ts';
import type { Known } from './frame.ts';
import { RunError } from './run-error.ts';

export function isRecord(value: Known): value is RecordValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Known): value is readonly Value[] {
  return Array.isArray(value);
}

export function recordOf(value: Value, name: string, place: Place): RecordValue {
  if (isRecord(value)) return value;
  if (value === null) {
    throw new RunError('absent-value', `There is no .${name}: the value in front of the dot is absent.`, place);
  }
  throw new RunError('wrong-type', `There is no .${name} in ${JSON.stringify(value)}.`, place);
}

export function listOf(value: Value, place: Place): readonly Value[] {
  if (isList(value)) return value;
  if (value === null) throw new RunError('absent-value', 'A list that is absent was used.', place);
  throw new RunError('wrong-type', `A list was expected, not ${JSON.stringify(value)}.`, place);
}

export function itemAt(list: readonly Value[], index: number, place: Place): Value {
  const item = list[index];
  if (item !== undefined) return item;
  const size =
    list.length === 1
      ? '1 value, at 0'
      : `${list.length} values${list.length === 0 ? '' : `, 0 to ${list.length - 1}`}`;
  throw new RunError('index-outside', `There is nothing at ${index}: the list has ${size}.`, place);
}

/** By value: two records are equal where all their attributes are. */
export function areEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, index) => areEqual(item, b[index] ?? null));
  if (!isRecord(a) || !isRecord(b)) return false;
  return keysOf(a, b).every((key) => areEqual(a[key] ?? null, b[key] ?? null));
}

/** Like `areEqual` where records may lack attributes that are not known. */
export function areEqualPartly(a: Known, b: Known): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return true;
  if (isList(a)) {
    if (!isList(b) || a.length !== b.length) return false;
    return all(a.map((item, index) => areEqualPartly(item, b[index])));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  return all(keysOf(a, b).map((key) => areEqualPartly(a[key], b[key])));
}

export function containsPartly(list: readonly Value[], item: Known): boolean | undefined {
  const differs = all(
    list.map((each) => {
      const same = areEqualPartly(each, item);
      return same === undefined ? undefined : !same;
    }),
  );
  return differs === undefined ? undefined : !differs;
}

/** The record with the value at the end of the path replaced; `undefined` for one that is not known any more. */
export function replaced(record: RecordValue, path: readonly string[], value: Known, place: Place): RecordValue {
  const [key, ...rest] = path;
  if (key === undefined) return record;
  if (rest.length > 0) {
    const inner = recordOf(record[key] ?? null, rest[0] ?? '', place);
    return { ...record, [key]: replaced(inner, rest, value, place) };
  }
  if (value !== undefined) return { ...record, [key]: value };
  const { [key]: _, ...others } = record;
  return others;
}

function keysOf(a: RecordValue, b: RecordValue): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** Kleene's conjunction. */
function all(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}
