/**
 * Behind a quantity whose number is hard to grasp in the unit it is written in, and behind arithmetic with quantities: what
 * it amounts to, `90000 ms` as `1.5 min`.
 */
import type { Expression } from '@pollux/engine/model';
import { InlayHintKind } from 'vscode-languageserver';
import * as ast from '../../generated/ast.ts';
import { evaluateConstant } from '../../language/lower/constants.ts';
import { lowerExpression } from '../../language/lower/expressions.ts';
import { isPrimitive } from '../../language/lower/value-types.ts';
import { readQuantity } from '../../language/quantities/units.ts';
import { duration, rate } from '../quantity-text.ts';
import type { HintSource } from './hint-source.ts';
import { quietLowering } from './quiet-lowering.ts';

export const quantityHint: HintSource = (node) => {
  const isLiteral = ast.isQuantityLiteral(node);
  const isWhole = ast.isBinaryExpression(node) && !ast.isBinaryExpression(node.$container);
  if ((!isLiteral && !isWhole) || node.$cstNode === undefined) return undefined;
  if (isLiteral && (isReadable(node.text) || ast.isBinaryExpression(node.$container))) return undefined;
  const text = amountOf(lowerExpression(quietLowering, node));
  if (text === undefined || text === node.$cstNode.text.replace(/\s+/g, ' ')) return undefined;
  return { position: node.$cstNode.range.end, label: `= ${text}`, kind: InlayHintKind.Type, paddingLeft: true };
};

/** Up to three digits in front of the point, and one behind it. */
function isReadable(text: string): boolean {
  const { kind } = readQuantity(text);
  const number = Number.parseFloat(text);
  return kind !== 'known' || number === 0 || (number >= 0.1 && number < 1000);
}

function amountOf(expression: Expression): string | undefined {
  const value = evaluateConstant(expression);
  if (typeof value !== 'number' || !(value > 0)) return undefined;
  if (isPrimitive(expression.type, 'Duration')) return duration(value);
  return isPrimitive(expression.type, 'Rate') ? rate(value) : undefined;
}
