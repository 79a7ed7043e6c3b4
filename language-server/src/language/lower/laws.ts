/** Laws that are set up before the run: of gaps between arrivals, of thinking, of how many come at a time. A bare number is a constant. */
import type { Distribution } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import { lowerExpression } from './expressions.ts';
import { fromZero, lowerTime } from './known-quantities.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { primitive } from './value-types.ts';

/** `?` is a law that is not known yet; undefined where it depends on the run. */
export function lowerLaw(lowering: Lowering, node: ast.Expression | undefined): Distribution | undefined {
  if (node === undefined) return undefined;
  const expression = lowerTime(lowering, node);
  if (expression.kind === 'draw') return expression.distribution;
  const value = evaluateConstant(expression);
  if (typeof value === 'number') return fromZero.holds(value) ? { kind: 'constant', value } : undefined;
  if (expression.kind === 'unknown') return { kind: 'unknown' };
  const message = 'This time must be known before the run: write a quantity or a distribution.';
  lowering.report('not-a-constant', placeOf(lowering, node), message);
  return undefined;
}

/** Sizes of what comes at a time; undefined where they depend on the run. */
export function lowerSizes(lowering: Lowering, node: ast.Expression | undefined): Distribution | undefined {
  if (node === undefined) return undefined;
  const expression = lowerExpression(lowering, node, primitive('Real'));
  if (expression.kind === 'draw') return expression.distribution;
  const value = evaluateConstant(expression);
  if (typeof value === 'number' && value >= 1 && Number.isInteger(value)) return { kind: 'constant', value };
  if (expression.kind === 'unknown') return { kind: 'unknown' };
  const message =
    'Write how many come at a time: a whole number from 1 on, or a distribution such as `uniform(1, 20)`.';
  lowering.report(typeof value === 'number' ? 'out-of-range' : 'not-a-constant', placeOf(lowering, node), message);
  return undefined;
}
