/** Which expressions carry data of a tag: an attribute that is classified, or a value that holds one. By types, not by values. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { typeOfPath } from '../links/value-members.ts';

export function carries(expression: ast.Expression | undefined, tag: string): boolean {
  switch (expression?.$type) {
    case 'Path':
      return pathCarries(expression, tag);
    case 'Conditional':
      return carries(expression.then, tag) || carries(expression.otherwise, tag);
    case 'BinaryExpression':
      return isArithmetic(expression.operator) && (carries(expression.left, tag) || carries(expression.right, tag));
    case 'ListLiteral':
      return expression.items.some((item) => carries(item, tag));
    case 'Call':
      return expression.arguments.some(({ value }) => carries(value, tag));
    default:
      return false;
  }
}

/** A comparison tells one bit of it, not the data. */
function isArithmetic(operator: string): boolean {
  return ['+', '-', '*', '/', 'mod'].includes(operator);
}

function pathCarries(path: ast.Path, tag: string): boolean {
  const isTagged = path.steps.some(({ to }) => {
    const target = to?.ref as AstNode | undefined;
    return ast.isAttribute(target) && target.classifications.some(({ name }) => name === tag);
  });
  if (isTagged) return true;
  const type = typeOfPath(path, path.steps.length - 1)?.type.declared?.ref;
  return ast.isDataType(type) && holds(type, tag, new Set());
}

function holds(data: ast.DataType, tag: string, seen: Set<ast.DataType>): boolean {
  if (seen.has(data)) return false;
  seen.add(data);
  return data.attributes.some(({ classifications, type }) => {
    const inner = type?.declared?.ref;
    return classifications.some(({ name }) => name === tag) || (ast.isDataType(inner) && holds(inner, tag, seen));
  });
}
