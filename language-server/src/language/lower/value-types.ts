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
  return type.kind === 'primitive' && names.includes(type.name);
}

export function isNumber(type: ValueType): boolean {
  return isPrimitive(type, 'Integer', 'Real', 'Percent');
}

/** The type that a declaration names. */
export function lowerType(lowering: Lowering, type: ast.Type | undefined): ValueType {
  if (type?.primitive === 'Decimal') {
    const message = '`Decimal` counts as `Real` in simulation so far: sums may be off in the last digits.';
    lowering.report('not-executable-yet', placeOf(lowering, type), message);
    return primitive('Real');
  }
  if (type?.primitive !== undefined) return primitive(type.primitive);
  const enumeration = type?.enumeration?.ref;
  return ast.isEnumeration(enumeration) ? { kind: 'enumeration', id: idOf(enumeration) } : unknownType;
}

/** May a value of type `actual` stand where `expected` is wanted? */
export function isAssignable(actual: ValueType, expected: ValueType): boolean {
  if (actual.kind === 'unknown' || expected.kind === 'unknown') return true;
  if (actual.kind === 'enumeration') return expected.kind === 'enumeration' && actual.id === expected.id;
  if (expected.kind === 'enumeration') return false;
  if (actual.name === expected.name) return true;
  return expected.name === 'Real' && (actual.name === 'Integer' || actual.name === 'Percent');
}

/** How messages call a type. */
export function typeName(type: ValueType): string {
  if (type.kind === 'enumeration') return type.id.slice(type.id.lastIndexOf('.') + 1);
  if (type.kind === 'unknown') return 'unknown';
  const words: Partial<Record<PrimitiveName, string>> = {
    Duration: 'time',
    Rate: 'rate',
    Percent: 'percentage',
    Bytes: 'size',
  };
  return words[type.name] ?? type.name;
}

/** An example of what can be written, for messages about missing units. */
export function withUnit(number: string, type: ValueType): string {
  if (isPrimitive(type, 'Duration')) return `\`${number} ms\` or \`${number} s\``;
  if (isPrimitive(type, 'Rate')) return `\`${number}/s\``;
  if (isPrimitive(type, 'Bytes')) return `\`${number} GiB\``;
  return `\`${number} %\``;
}
