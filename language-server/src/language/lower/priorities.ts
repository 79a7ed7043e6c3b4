/** What says who goes first: for resources, threads and cores alike. */
import type { Expression } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { lowerExpression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { isNumber, typeName } from './value-types.ts';

/** A number, or a literal of an enumeration; these count by their order: the first goes first. */
export function lowerPriority(lowering: Lowering, node: ast.Expression | undefined): Expression {
  const priority = lowerExpression(lowering, node);
  const { type } = priority;
  if (type.kind !== 'unknown' && type.kind !== 'enumeration' && !isNumber(type)) {
    const message = `A priority is a number or an enumeration, greater goes first; this is of type ${typeName(type)}.`;
    lowering.report('wrong-type', priority.place, message);
  }
  return priority;
}
