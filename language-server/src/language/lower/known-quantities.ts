/** Quantities that must be known before the run, each within its range. What a run draws anew is an expression instead. */
import type { Expression, ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { primitive, typeName } from './value-types.ts';

export interface Range {
  readonly holds: (value: number) => boolean;
  /** How a value outside is mended, as a whole sentence. */
  readonly words: string;
}

const share: Range = { holds: (value) => value >= 0 && value <= 1, words: 'A share lies between 0 % and 100 %.' };
/** A share that is not nothing. */
export const someShare: Range = {
  holds: (value) => value > 0 && value <= 1,
  words: 'Write a share above 0 %, and at most 100 %.',
};

export const aboveZero: Range = { holds: (value) => value > 0, words: 'Write a value above 0.' };
export const fromZero: Range = { holds: (value) => value >= 0, words: 'Write a value from 0 on.' };

/** A fraction; undefined where it is missing, no constant or no share. */
export function lowerShare(lowering: Lowering, node: ast.Expression | undefined, range = share): number | undefined {
  return lowerKnown(lowering, node, primitive('Percent'), range);
}

/** Microseconds. */
export function lowerKnownTime(
  lowering: Lowering,
  node: ast.Expression | undefined,
  range = aboveZero,
): number | undefined {
  return lowerKnown(lowering, node, primitive('Duration'), range);
}

/** A number of that type; undefined where it is missing, depends on the run or lies outside of the range. */
export function lowerKnown(
  lowering: Lowering,
  node: ast.Expression | undefined,
  type: ValueType,
  range: Range,
): number | undefined {
  if (node === undefined) return undefined;
  const expression = lowerExpression(lowering, node, type);
  const value = evaluateConstant(expression);
  if (typeof value === 'number') {
    if (range.holds(value)) return value;
    lowering.report('out-of-range', expression.place, range.words);
  } else if (expression.kind !== 'unknown' || ast.isUnknownValue(node)) {
    const message = `This ${typeName(type)} must be known before the run: write a number with its unit.`;
    lowering.report('not-a-constant', placeOf(lowering, node), message);
  }
  return undefined;
}

/** A time that a run works out anew each time; one that is known must lie within the range. */
export function lowerTime(lowering: Lowering, node: ast.Expression | undefined, range = fromZero): Expression {
  return lowerAmount(lowering, node, primitive('Duration'), range);
}

/** As `lowerTime`, of another kind of quantity. */
export function lowerAmount(
  lowering: Lowering,
  node: ast.Expression | undefined,
  type: ValueType,
  range = fromZero,
): Expression {
  const expression = lowerExpression(lowering, node, type);
  const value = evaluateConstant(expression);
  if (typeof value === 'number' && !range.holds(value)) lowering.report('out-of-range', expression.place, range.words);
  return expression;
}
