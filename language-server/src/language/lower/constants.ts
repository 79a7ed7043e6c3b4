/** The value of an expression that does not depend on any run. */
import type { Expression, Value } from '@pollux/engine/model';

/** Undefined where the expression is no constant. */
export function evaluateConstant(expression: Expression): Value | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'unary': {
      const operand = evaluateConstant(expression.operand);
      return expression.operator === '-' && typeof operand === 'number' ? -operand : undefined;
    }
    case 'binary': {
      const left = evaluateConstant(expression.left);
      const right = evaluateConstant(expression.right);
      return typeof left === 'number' && typeof right === 'number'
        ? arithmetic(expression.operator, left, right)
        : undefined;
    }
    default:
      return undefined;
  }
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' && right !== 0 ? left / right : undefined;
}
