/** Values as text, exactly and in the notation of the language: what a log says and a panel of variables shows. */
import type { RecordValue, Value, ValueType } from '../model/index.ts';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from '../numeric/index.ts';
import { isList, isRecord } from './composite-values.ts';
import { type DataTypes, noDataTypes } from './data-types.ts';

const units = [
  { unit: 'd', size: DAY, whole: true },
  { unit: 'h', size: HOUR, whole: true },
  { unit: 'min', size: MINUTE, whole: true },
  { unit: 's', size: SECOND, whole: false },
  { unit: 'ms', size: MILLISECOND, whole: false },
] as const;

/** `15 min`, `61.5 s`, `250 us`: the largest unit that needs few digits. Nothing is rounded away. */
export function durationText(microseconds: number): string {
  if (microseconds === 0) return '0 s';
  for (const { unit, size, whole } of units) {
    const scaled = microseconds / size;
    const short = whole ? Number.isInteger(scaled) : Number(scaled.toFixed(3)) === scaled;
    if (short && Math.abs(scaled) >= 1) return `${scaled} ${unit}`;
  }
  return `${microseconds} us`;
}

/** Records and lists show what they hold: `Cart(id: "c-1", total: 10)`, `["a", "b"]`. */
export function valueText(value: Value, type: ValueType, dataTypes: DataTypes = noDataTypes): string {
  if (type.kind === 'optional') return valueText(value, type.of, dataTypes);
  if (isRecord(value)) return recordText(value, type, dataTypes);
  if (isList(value)) {
    const of: ValueType = type.kind === 'list' ? type.of : { kind: 'unknown' };
    return `[${value.map((item) => innerText(item, of, dataTypes)).join(', ')}]`;
  }
  if (typeof value !== 'number' || type.kind !== 'primitive') return String(value);
  switch (type.name) {
    case 'Duration':
      return durationText(value);
    case 'Rate':
      return `${value}/s`;
    case 'Percent':
      return `${Number((value * 100).toPrecision(15))} %`;
    case 'Bytes':
      return `${value} B`;
    default:
      return String(value);
  }
}

function recordText(value: RecordValue, type: ValueType, dataTypes: DataTypes): string {
  const declared = type.kind === 'data' ? dataTypes.attributesOf(type.id) : [];
  const types = new Map(declared.map((attribute) => [attribute.name, attribute.type]));
  const keys = declared.length > 0 ? declared.map(({ name }) => name) : Object.keys(value);
  const parts = keys.flatMap((key) => {
    const part = value[key] ?? null;
    return part === null ? [] : [`${key}: ${innerText(part, types.get(key) ?? { kind: 'unknown' }, dataTypes)}`];
  });
  const name = type.kind === 'data' ? type.id.slice(type.id.lastIndexOf('.') + 1) : '';
  return `${name}(${parts.join(', ')})`;
}

/** Within others a text stands in quotes, so that its end shows. */
function innerText(value: Value, type: ValueType, dataTypes: DataTypes): string {
  const isName = type.kind === 'enumeration' || (type.kind === 'optional' && type.of.kind === 'enumeration');
  return typeof value === 'string' && !isName ? `"${value}"` : valueText(value, type, dataTypes);
}
