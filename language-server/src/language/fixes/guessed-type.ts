/** The type that a value most likely has, from how it is written or used: for declarations that are still to be written. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { readQuantity } from '../quantities/units.ts';

type GuessedType = 'Boolean' | 'Integer' | 'Real' | 'String' | 'Duration';

/** Of a written value; undefined where only a run would tell. */
export function typeOfValue(value: ast.Expression | undefined): GuessedType | undefined {
  if (ast.isBooleanLiteral(value)) return 'Boolean';
  if (ast.isStringLiteral(value)) return 'String';
  if (ast.isNumberLiteral(value)) return /^\d+$/.test(value.text) ? 'Integer' : 'Real';
  if (ast.isQuantityLiteral(value)) {
    const quantity = readQuantity(value.text);
    return quantity.kind === 'known' && quantity.dimension === 'Duration' ? 'Duration' : 'Real';
  }
  if (ast.isUnary(value)) return value.operator === 'not' ? 'Boolean' : typeOfValue(value.operand);
  if (ast.isBinaryExpression(value)) {
    if (!['+', '-', '*', '/', 'mod'].includes(value.operator)) return 'Boolean';
    return typeOfValue(value.left) ?? typeOfValue(value.right);
  }
  if (ast.isPath(value)) return typeOfPath(value);
  return undefined;
}

function typeOfPath(path: ast.Path): GuessedType | undefined {
  const named = path.steps.at(-1)?.to?.ref;
  if (!ast.isVariable(named) && !ast.isParameter(named)) return undefined;
  const word = named.type?.primitive;
  return word === 'Decimal' ? 'Real' : word;
}

/** Of a name, from where it stands: a guard, an operand, the right side of an assignment. */
export function typeAtUse(use: AstNode): GuessedType | undefined {
  const { $container: around, $containerProperty: property } = use;
  if (property === 'guard' || property === 'condition') return 'Boolean';
  if (ast.isUnary(around)) return around.operator === 'not' ? 'Boolean' : typeAtUse(around);
  if (ast.isAssign(around)) {
    const word = around.variable?.ref?.type?.primitive;
    return word === 'Decimal' ? 'Real' : word;
  }
  if (ast.isArgument(around)) {
    const word = around.parameter?.ref?.type?.primitive;
    return word === 'Decimal' ? 'Real' : word;
  }
  if (!ast.isBinaryExpression(around)) return undefined;
  if (['and', 'or', 'implies'].includes(around.operator)) return 'Boolean';
  return typeOfValue(around.left === use ? around.right : around.left);
}

/** A value to begin with. */
export const initialOf: Readonly<Record<GuessedType, string>> = {
  Boolean: 'false',
  Integer: '0',
  Real: '0',
  String: '""',
  Duration: '0 s',
};
