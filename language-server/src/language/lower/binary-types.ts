/** Types of operators: which operands go together, and what comes out. Dimensions are types. */
import { type Expression, isAssignable, type PrimitiveName, type ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { reportMissingUnit } from './missing-units.ts';
import { isNumber, isPrimitive, primitive, typeName, unknownType } from './value-types.ts';

const quantities: readonly PrimitiveName[] = ['Duration', 'Rate', 'Percent', 'Bytes'];

/** The type of `left operator right`; reports operands that do not go together. */
export function binaryType(
  lowering: Lowering,
  node: ast.BinaryExpression,
  left: Expression,
  right: Expression,
): ValueType {
  switch (node.operator) {
    case 'and':
    case 'or':
    case 'implies':
      for (const operand of [left, right]) {
        if (isAssignable(operand.type, primitive('Boolean'))) continue;
        const message = `\`${node.operator}\` joins conditions, but this is of type ${typeName(operand.type)}.`;
        lowering.report('wrong-type', operand.place, message);
      }
      return primitive('Boolean');
    case '==':
    case '!=':
      comparable(lowering, node, left, right);
      return primitive('Boolean');
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (comparable(lowering, node, left, right)) ordered(lowering, node, left);
      return primitive('Boolean');
    case '+':
    case '-':
      return comparable(lowering, node, left, right) && ordered(lowering, node, left)
        ? wider(left.type, right.type)
        : unknownType;
    default:
      return product(lowering, node, left.type, right.type);
  }
}

function comparable(lowering: Lowering, node: ast.BinaryExpression, left: Expression, right: Expression): boolean {
  if (isAssignable(left.type, right.type) || isAssignable(right.type, left.type)) return true;
  const bare = ast.isNumberLiteral(node.left) ? node.left : ast.isNumberLiteral(node.right) ? node.right : undefined;
  const other = bare === node.left ? right.type : left.type;
  if (bare !== undefined && isPrimitive(other, ...quantities)) {
    reportMissingUnit(lowering, bare, other, `\`${bare.text}\` has no unit, but stands beside a ${typeName(other)}.`);
    return false;
  }
  const message = `\`${node.operator}\` cannot take a ${typeName(left.type)} and a ${typeName(right.type)}: both must be of one type.`;
  lowering.report('wrong-type', placeOf(lowering, node), message);
  return false;
}

function ordered(lowering: Lowering, node: ast.BinaryExpression, operand: Expression): boolean {
  const { type } = operand;
  if (type.kind === 'unknown' || isNumber(type) || isPrimitive(type, ...quantities)) return true;
  const message = `\`${node.operator}\` takes numbers or quantities, not values of type ${typeName(type)}.`;
  lowering.report('wrong-type', placeOf(lowering, node), message);
  return false;
}

function wider(left: ValueType, right: ValueType): ValueType {
  if (left.kind === 'unknown') return right;
  return isAssignable(left, right) && right.kind !== 'unknown' ? right : left;
}

function product(lowering: Lowering, node: ast.BinaryExpression, left: ValueType, right: ValueType): ValueType {
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknownType;
  if (isNumber(left) && isNumber(right)) return numberProduct(node.operator, left, right);
  const isScaled = isPrimitive(left, 'Duration', 'Rate', 'Bytes') && isNumber(right);
  if (isScaled && node.operator !== 'mod') return left;
  if (node.operator === '*' && isNumber(left) && isPrimitive(right, 'Duration', 'Rate', 'Bytes')) return right;
  const isSame = isPrimitive(left, 'Duration', 'Rate', 'Bytes') && isAssignable(left, right);
  if (isSame && node.operator === '/') return primitive('Real');
  if (isSame && node.operator === 'mod') return left;
  const message = `\`${node.operator}\` cannot take a ${typeName(left)} and a ${typeName(right)}.`;
  lowering.report('wrong-type', placeOf(lowering, node), message);
  return unknownType;
}

function numberProduct(operator: string, left: ValueType, right: ValueType): ValueType {
  const areIntegers = isPrimitive(left, 'Integer') && isPrimitive(right, 'Integer');
  return primitive(areIntegers && operator !== '/' ? 'Integer' : 'Real');
}
