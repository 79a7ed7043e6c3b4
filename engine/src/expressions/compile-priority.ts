/** Who goes first, as a number: the greater. */
import type { Enumeration, Expression, ValueType } from '../model/index.ts';
import { compileExpression } from './compile-expression.ts';
import type { Frame } from './frame.ts';
import type { Scope } from './scope.ts';

/** Literals of an enumeration go in their order, the first one first; who has no value goes last. */
export function compilePriority(
  expression: Expression,
  scope: Scope,
  enumerations: readonly Enumeration[],
): (frame: Frame) => number {
  const value = compileExpression(expression, scope);
  const type: ValueType = expression.type.kind === 'optional' ? expression.type.of : expression.type;
  const literals =
    type.kind === 'enumeration' ? (enumerations.find(({ id }) => id === type.id)?.literals ?? []) : undefined;
  const ranks = new Map(literals?.map(({ name }, index) => [name, -index]));
  return (frame) => {
    const known = value(frame);
    if (typeof known === 'number') return known;
    return (typeof known === 'string' ? ranks.get(known) : undefined) ?? Number.NEGATIVE_INFINITY;
  };
}
