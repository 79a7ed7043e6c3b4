/** Expressions: typed with dimensions while they are lowered; what does not fit is reported where it stands. */
import { type BuiltInFunction, type Expression, isAssignable, type ValueType } from '@pollux/engine/model';
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { distributions, functions } from '../links/built-in-functions.ts';
import { suggestion } from '../links/near-names.ts';
import { readQuantity } from '../quantities/units.ts';
import { binaryType } from './binary-types.ts';
import { lowerConstruct } from './constructs.ts';
import { lowerDistribution } from './distributions.ts';
import { idOf } from './element-ids.ts';
import { type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { reportMissingUnit } from './missing-units.ts';
import { lowerPath } from './paths.ts';
import { isNumber, isPrimitive, primitive, typeName, unknownType } from './value-types.ts';

/** Lowers an expression; where `expected` is given, reports a value of another type. */
export function lowerExpression(
  lowering: Lowering,
  node: ast.Expression | undefined,
  expected?: ValueType,
): Expression {
  const expression = lowerUnchecked(lowering, node, expected);
  if (expected === undefined || isAssignable(expression.type, expected)) return expression;
  reportType(lowering, node, expression, expected);
  return { kind: 'unknown', type: expected, place: expression.place };
}

function reportType(
  lowering: Lowering,
  node: ast.Expression | undefined,
  expression: Expression,
  expected: ValueType,
): void {
  const needsUnit = isPrimitive(expected, 'Duration', 'Rate', 'Percent', 'Bytes', 'Bandwidth');
  if (needsUnit && ast.isNumberLiteral(node)) {
    const what = `A ${typeName(expected)} is needed here, but \`${node.text}\` has no unit.`;
    reportMissingUnit(lowering, node, expected, what);
    return;
  }
  const message = `A value of type ${typeName(expected)} is needed here, but this is of type ${typeName(expression.type)}.`;
  lowering.report('wrong-type', expression.place, message);
}

function lowerUnchecked(lowering: Lowering, node: ast.Expression | undefined, expected?: ValueType): Expression {
  const place = placeOf(lowering, node);
  if (node === undefined) return { kind: 'unknown', type: expected ?? unknownType, place };
  switch (node.$type) {
    case 'QuantityLiteral':
      return lowerQuantity(lowering, node);
    case 'NumberLiteral': {
      const type = primitive(/^\d+$/.test(node.text) ? 'Integer' : 'Real');
      return { kind: 'literal', value: Number(node.text), type, place };
    }
    case 'StringLiteral':
      return { kind: 'literal', value: node.text, type: primitive('String'), place };
    case 'BooleanLiteral':
      return { kind: 'literal', value: node.text === 'true', type: primitive('Boolean'), place };
    case 'NullLiteral':
      return { kind: 'literal', value: null, type: unknownType, place };
    case 'UnknownValue':
      return { kind: 'unknown', type: expected ?? unknownType, place };
    case 'Unary': {
      const wanted = node.operator === 'not' ? primitive('Boolean') : undefined;
      const operand = lowerExpression(lowering, node.operand, wanted);
      const isNegatable =
        isNumber(operand.type) || isPrimitive(operand.type, 'Duration', 'Rate') || operand.type.kind === 'unknown';
      if (node.operator === '-' && !isNegatable) {
        lowering.report('wrong-type', place, `A value of type ${typeName(operand.type)} has no negative.`);
      }
      return { kind: 'unary', operator: node.operator, operand, type: wanted ?? operand.type, place };
    }
    case 'BinaryExpression': {
      const left = lowerExpression(lowering, node.left);
      const right = lowerExpression(lowering, node.right);
      return {
        kind: 'binary',
        operator: node.operator,
        left,
        right,
        type: binaryType(lowering, node, left, right),
        place,
      };
    }
    case 'Conditional':
      return lowerConditional(lowering, node, expected);
    case 'ListLiteral':
      return lowerList(lowering, node, expected);
    case 'Call':
      return lowerCall(lowering, node, expected);
    case 'Path':
      return lowerPath(lowering, node);
    default:
      return { kind: 'unknown', type: unknownType, place };
  }
}

function lowerQuantity(lowering: Lowering, node: ast.QuantityLiteral): Expression {
  const place = placeOf(lowering, node);
  if (node.text === '') return { kind: 'unknown', type: unknownType, place };
  const quantity = readQuantity(node.text);
  if (quantity.kind === 'unknown-unit') {
    const mended = quantity.mended.map((text) => `\`${text}\``).join(' or ');
    const hint = mended === '' ? 'Units of time are ns, us, ms, s, min, h and d.' : `Write ${mended}.`;
    lowering.report('unknown-unit', place, `\`${quantity.unit}\` is no unit. ${hint}`);
    return { kind: 'unknown', type: unknownType, place };
  }
  const { dimension, value } = quantity;
  return { kind: 'literal', value, type: primitive(dimension), place };
}

function lowerConditional(lowering: Lowering, node: ast.Conditional, expected?: ValueType): Expression {
  const condition = lowerExpression(lowering, node.condition, primitive('Boolean'));
  const then = lowerExpression(lowering, node.then, expected);
  const otherwise = lowerExpression(lowering, node.otherwise, expected);
  const isWider = isAssignable(then.type, otherwise.type);
  if (!isWider && !isAssignable(otherwise.type, then.type)) {
    const message = `One branch is of type ${typeName(then.type)}, the other of type ${typeName(otherwise.type)}; both must be of one type.`;
    lowering.report('wrong-type', otherwise.place, message);
  }
  const type = isWider && otherwise.type.kind !== 'unknown' ? otherwise.type : then.type;
  return { kind: 'conditional', condition, then, otherwise, type, place: placeOf(lowering, node) };
}

function lowerCall(lowering: Lowering, node: ast.Call, expected?: ValueType): Expression {
  const place = placeOf(lowering, node);
  const name = node.function?.$refText ?? '';
  const callable = node.function?.ref;
  if (ast.isDataType(callable)) return lowerConstruct(lowering, node, callable);
  if (Object.hasOwn(distributions, name)) {
    const { distribution, type } = lowerDistribution(lowering, node, expected);
    if (distribution.kind === 'unknown') return { kind: 'unknown', type: expected ?? type, place };
    return inWholeNumbers({ kind: 'draw', distribution, type, place }, expected);
  }
  if (!Object.hasOwn(functions, name)) {
    const names = [...Object.keys(distributions), ...Object.keys(functions)];
    const message = `There is no function, distribution or data type called \`${name}\`.${suggestion(name, names)}`;
    lowering.report('unknown-function', placeOfProperty(lowering, node, 'function'), message);
    return { kind: 'unknown', type: expected ?? unknownType, place };
  }
  if (name === 'in') return lowerStateTest(lowering, node);
  if (name === 'attribute') return lowerAttribute(lowering, node);
  return lowerFunction(lowering, node, name as BuiltInFunction);
}

/** Of the type that is wanted; else of its first item's. */
function lowerList(lowering: Lowering, node: ast.ListLiteral, expected: ValueType | undefined): Expression {
  const place = placeOf(lowering, node);
  const wanted = expected?.kind === 'optional' ? expected.of : expected;
  const declared = wanted?.kind === 'list' ? wanted : undefined;
  const [first, ...others] = node.items;
  const lowered = first === undefined ? [] : [lowerExpression(lowering, first, declared?.of)];
  const of = declared?.of ?? lowered[0]?.type ?? unknownType;
  const items = [...lowered, ...others.map((item) => lowerExpression(lowering, item, of))];
  const count = items.length;
  if (declared !== undefined && (count < declared.lower || count > (declared.upper ?? count))) {
    const has = `${count} ${count === 1 ? 'value' : 'values'}`;
    lowering.report('wrong-type', place, `${typeName(declared)} is needed here, but this list has ${has}.`);
  }
  return { kind: 'list', items, type: { kind: 'list', of, lower: count, upper: count }, place };
}

/** What a law draws is rounded where a whole number is needed: `age: normal(51, 22)`. */
function inWholeNumbers(drawn: Expression, expected: ValueType | undefined): Expression {
  if (expected === undefined || !isPrimitive(expected, 'Integer') || !isPrimitive(drawn.type, 'Real')) return drawn;
  return { kind: 'call', function: 'round', arguments: [drawn], type: primitive('Integer'), place: drawn.place };
}

function lowerFunction(lowering: Lowering, node: ast.Call, name: BuiltInFunction): Expression {
  const place = placeOf(lowering, node);
  const takesMany = name === 'min' || name === 'max';
  if (takesMany ? node.arguments.length < 2 : node.arguments.length !== 1) {
    const message = `\`${name}\` takes ${takesMany ? 'two values or more' : 'one value'}: \`${functions[name]?.signature}\`.`;
    lowering.report('wrong-arguments', place, message);
  }
  const values = node.arguments.map((argument) => lowerExpression(lowering, argument.value));
  let type = values[0]?.type ?? unknownType;
  for (const value of values.slice(1)) {
    if (isAssignable(type, value.type)) type = value.type.kind === 'unknown' ? type : value.type;
    else if (!isAssignable(value.type, type)) {
      const message = `\`${name}\` compares a ${typeName(type)} with a ${typeName(value.type)}; both must be of one kind.`;
      lowering.report('wrong-type', value.place, message);
    }
  }
  if (name === 'floor' || name === 'ceil' || name === 'round') type = isNumber(type) ? primitive('Integer') : type;
  return { kind: 'call', function: name, arguments: values, type, place };
}

function lowerStateTest(lowering: Lowering, node: ast.Call): Expression {
  const place = placeOf(lowering, node);
  const path = node.arguments[0]?.value;
  if (node.arguments.length !== 1 || !ast.isPath(path)) {
    lowering.report('wrong-arguments', place, '`in` takes the name of one state: `in(Paid)`.');
    return { kind: 'unknown', type: primitive('Boolean'), place };
  }
  const state = path.steps.at(-1)?.to?.ref;
  return { kind: 'in', state: idOf(state), type: primitive('Boolean'), place };
}

function lowerAttribute(lowering: Lowering, node: ast.Call): Expression {
  const place = placeOf(lowering, node);
  const key = node.arguments[0]?.value;
  const isInTwin = AstUtils.hasContainerOfType(node, ast.isTwin);
  if (node.arguments.length !== 1 || !ast.isStringLiteral(key) || !isInTwin) {
    const message = isInTwin
      ? '`attribute` takes one key in quotes: `attribute("order.id")`.'
      : 'Only a twin sees attributes of telemetry; bind them there and pass them as arguments.';
    lowering.report('wrong-arguments', place, message);
    return { kind: 'unknown', type: unknownType, place };
  }
  return { kind: 'attribute', key: key.text, type: unknownType, place };
}
