/** Whether what a person types may be put into a variable. */
import type { ValueType } from '@pollux/engine/model';

/** Like assigning in the language; what the text itself does not tell fits. */
export function fits(type: ValueType, to: ValueType): boolean {
  if (to.kind === 'optional') return fits(type, to.of);
  if (type.kind === 'unknown' || to.kind === 'unknown') return true;
  if (type.kind === 'primitive' && to.kind === 'primitive') {
    return type.name === to.name || (type.name === 'Integer' && (to.name === 'Real' || to.name === 'Decimal'));
  }
  return type.kind === to.kind;
}
