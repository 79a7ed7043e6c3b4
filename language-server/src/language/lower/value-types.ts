/** Types of values: how they are written, and which fits where. */
import type { PrimitiveName, ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { idOf } from './element-ids.ts';
import { type Lowering, placeOf } from './lowering.ts';

export const unknownType: ValueType = { kind: 'unknown' };

export function primitive(name: PrimitiveName): ValueType {
  return { kind: 'primitive', name };
}

export function isPrimitive(type: ValueType, ...names: PrimitiveName[]): boolean {
  if (type.kind === 'optional') return isPrimitive(type.of, ...names);
  return type.kind === 'primitive' && names.includes(type.name);
}

export function isNumber(type: ValueType): boolean {
  return isPrimitive(type, 'Integer', 'Real', 'Decimal', 'Percent');
}

/** The type that a declaration names, with its multiplicity. */
export function lowerType(lowering: Lowering, node: ast.Type | undefined): ValueType {
  const single = singleType(node);
  const { multiplicity } = node ?? {};
  if (multiplicity === undefined) return single;
  const upper = multiplicity.unbounded ? null : Number(multiplicity.upper ?? 1);
  const lower = multiplicity.lower === undefined ? (upper ?? 0) : Number(multiplicity.lower);
  if (!Number.isInteger(lower) || (upper !== null && (!Number.isInteger(upper) || upper < Math.max(lower, 1)))) {
    const message = 'A multiplicity is `[0..1]`, `[1..*]`, `[3]` or the like: whole numbers, the lower one first.';
    lowering.report('out-of-range', placeOf(lowering, multiplicity), message);
    return { kind: 'list', of: single, lower: 0, upper: null };
  }
  if (upper === 1) return lower === 0 ? { kind: 'optional', of: single } : single;
  return { kind: 'list', of: single, lower, upper };
}

function singleType(node: ast.Type | undefined): ValueType {
  if (node?.primitive !== undefined) return primitive(node.primitive);
  const declared = node?.declared?.ref;
  if (ast.isEnumeration(declared)) return { kind: 'enumeration', id: idOf(declared) };
  return ast.isDataType(declared) ? { kind: 'data', id: idOf(declared) } : unknownType;
}

/** How messages call a type. */
export function typeName(type: ValueType): string {
  if (type.kind === 'enumeration' || type.kind === 'data') return type.id.slice(type.id.lastIndexOf('.') + 1);
  if (type.kind === 'list') return `${typeName(type.of)}[${type.lower}..${type.upper ?? '*'}]`;
  if (type.kind === 'optional') return typeName(type.of);
  if (type.kind === 'unknown') return 'unknown';
  const words: Partial<Record<PrimitiveName, string>> = {
    Duration: 'time',
    Rate: 'rate',
    Percent: 'percentage',
    Bytes: 'size',
    Bandwidth: 'bandwidth',
  };
  return words[type.name] ?? type.name;
}

/** Examples of what can be written, for messages about missing units. */
export function withUnit(number: string, type: ValueType): string[] {
  if (isPrimitive(type, 'Duration')) return [`${number} ms`, `${number} s`];
  if (isPrimitive(type, 'Rate')) return [`${number}/s`];
  if (isPrimitive(type, 'Bytes')) return [`${number} GiB`];
  return [isPrimitive(type, 'Bandwidth') ? `${number} Mbps` : `${number} %`];
}
