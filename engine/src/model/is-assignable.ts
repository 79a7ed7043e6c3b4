/** Which values may stand where a type is wanted: of arguments, assignments, and what an event brings to a behaviour. */
import type { ValueType } from './value-type.ts';

/** May a value of type `actual` stand where `expected` is wanted? An absent value is a matter of the run. */
export function isAssignable(actual: ValueType, expected: ValueType): boolean {
  if (actual.kind === 'unknown' || expected.kind === 'unknown') return true;
  if (actual.kind === 'optional') return isAssignable(actual.of, expected);
  if (expected.kind === 'optional') return isAssignable(actual, expected.of);
  if (actual.kind === 'list' || expected.kind === 'list') {
    return actual.kind === 'list' && expected.kind === 'list' && isAssignable(actual.of, expected.of);
  }
  if (actual.kind !== 'primitive' || expected.kind !== 'primitive') {
    return actual.kind === expected.kind && 'id' in actual && 'id' in expected && actual.id === expected.id;
  }
  if (actual.name === expected.name) return true;
  if (expected.name === 'Real') return ['Integer', 'Percent', 'Decimal'].includes(actual.name);
  return expected.name === 'Decimal' && (actual.name === 'Integer' || actual.name === 'Real');
}
