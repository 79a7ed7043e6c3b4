/** Mixtures of values and distributions, by weight. */
import { type Distribution, isAssignable, type Value, type ValueType } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import type { Drawn } from './distributions.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { isPrimitive, primitive, typeName, unknownType } from './value-types.ts';
import { lowerWeight } from './weights.ts';

export function lowerMixture(lowering: Lowering, call: ast.Call, expected?: ValueType): Drawn {
  const parts: { weight: number; value: Value | Distribution }[] = [];
  let type: ValueType = unknownType;
  let complete = call.arguments.length > 0;
  const wanted = expected !== undefined && isPrimitive(expected, 'Integer') ? primitive('Real') : expected;
  for (const argument of call.arguments) {
    const weight = lowerWeight(lowering, argument, argument.weight);
    if (weight === undefined) {
      const message = 'Each part of a mixture has its weight in front: `mixture(90 %: exp(1 ms), 10 %: exp(50 ms))`.';
      lowering.report('wrong-arguments', placeOf(lowering, argument), message);
      complete = false;
    }
    const expression = lowerExpression(lowering, argument.value, wanted);
    if (type.kind === 'unknown' || isAssignable(type, expression.type)) type = expression.type;
    else if (!isAssignable(expression.type, type)) {
      const message = `Here stands a ${typeName(expression.type)} beside a ${typeName(type)}; all parts must be of one kind.`;
      lowering.report('wrong-type', expression.place, message);
    }
    const value = expression.kind === 'draw' ? expression.distribution : evaluateConstant(expression);
    if (value === undefined && expression.kind !== 'unknown') {
      const message = 'Parts of a mixture must be known before the run: values or distributions.';
      lowering.report('not-a-constant', expression.place, message);
    }
    if (value === undefined || weight === undefined) complete = false;
    else parts.push({ weight, value });
  }
  if (complete && !isWhole(parts)) {
    const sum = parts.reduce((total, part) => total + part.weight, 0);
    const message = `The weights of a mixture must add up to 100 %; these make ${Number((sum * 100).toPrecision(6))} %.`;
    lowering.report(sum > 1 ? 'weights-over-100' : 'out-of-range', placeOf(lowering, call), message);
    complete = false;
  }
  return { distribution: complete ? { kind: 'mixture', parts } : { kind: 'unknown' }, type };
}

function isWhole(parts: readonly { readonly weight: number }[]): boolean {
  return Math.abs(parts.reduce((total, part) => total + part.weight, 0) - 1) < 1e-9;
}
