/** Laws of times that are set up before the run: of gaps between arrivals, of thinking. A bare quantity is a constant. */
import type { Distribution } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import { fromZero, lowerTime } from './known-quantities.ts';
import { type Lowering, placeOf } from './lowering.ts';

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
