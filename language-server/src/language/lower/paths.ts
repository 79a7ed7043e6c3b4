/** Dotted names as values: variables, literals, attributes, what lists offer, and the state of a machine behind a lifeline. */
import { type Expression, isAssignable, type ValueType } from '@pollux/engine/model';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { type BuiltInName, isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { boundParameter, declaredTypeOf } from '../links/value-members.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { lowerType, primitive, typeName, unknownType } from './value-types.ts';

export function lowerPath(lowering: Lowering, node: ast.Path): Expression {
  const place = placeOf(lowering, node);
  const unknown: Expression = { kind: 'unknown', type: unknownType, place };
  let value: Expression | undefined;
  for (const [index, step] of node.steps.entries()) {
    const target = step.to?.ref as AstNode | undefined;
    if (target === undefined) return unknown;
    if (value === undefined) {
      const isLast = index === node.steps.length - 1;
      if (!isLast && !isValue(target)) {
        if (ast.isLifeline(target)) return lowerInstanceTest(lowering, node, target) ?? unknown;
        continue;
      }
      value = lowerFirst(lowering, node, target);
    } else value = lowerMember(lowering, node, step, target, value);
    if (value === undefined) return unknown;
  }
  return value ?? unknown;
}

function isValue(node: AstNode): boolean {
  return ast.isLiteral(node) || isBuiltInName(node) || typeOfValue(node) !== undefined;
}

function lowerFirst(lowering: Lowering, node: ast.Path, target: AstNode): Expression | undefined {
  const place = placeOf(lowering, node);
  if (isBuiltInName(target)) return lowerBuiltIn(target, place);
  if (ast.isLiteral(target)) {
    const type: ValueType = { kind: 'enumeration', id: idOf(target.$container) };
    return { kind: 'literal', value: target.name, type, place };
  }
  const type = typeOfValue(target);
  if (type !== undefined) return { kind: 'variable', variable: idOf(target), type, place };
  const name = 'name' in target && typeof target.name === 'string' ? target.name : '';
  const message = `A value is needed here, but \`${name}\` is ${kindName(target)}.`;
  lowering.report('wrong-kind', place, message);
  return undefined;
}

function lowerBuiltIn(target: BuiltInName, place: Expression['place']): Expression {
  if (target.name === 'status') return { kind: 'status', type: primitive('String'), place };
  return { kind: target.name === 'now' ? 'now' : 'elapsed', type: primitive('Duration'), place };
}

function lowerMember(
  lowering: Lowering,
  node: ast.Path,
  step: ast.Step,
  target: AstNode,
  object: Expression,
): Expression | undefined {
  const place = placeOf(lowering, node);
  if (ast.isAttribute(target)) {
    if (step.called) report(lowering, step, `\`${target.name}\` is an attribute: remove the parentheses.`);
    const type = lowerType({ uri: lowering.uri, report: () => undefined }, target.type);
    return { kind: 'attribute-of', object, attribute: idOf(target), name: target.name, type, place };
  }
  if (!isBuiltInName(target)) {
    report(lowering, step, `\`${step.to?.$refText ?? ''}\` is ${kindName(target)}, not part of a value.`);
    return undefined;
  }
  const item = object.type.kind === 'list' ? object.type.of : unknownType;
  const [first] = step.arguments;
  if (target.name === 'size') {
    if (step.called) report(lowering, step, '`size` takes no arguments: write `.size`.');
    return { kind: 'size', list: object, type: primitive('Integer'), place };
  }
  if (!step.called || step.arguments.length !== 1 || first === undefined) {
    report(
      lowering,
      step,
      target.name === 'at'
        ? '`at` takes a position, counted from 0: `.at(0)`.'
        : '`contains` takes one value: `.contains(x)`.',
    );
    return undefined;
  }
  if (target.name === 'at') {
    return {
      kind: 'at',
      list: object,
      index: lowerExpression(lowering, first.value, primitive('Integer')),
      type: item,
      place,
    };
  }
  const wanted = lowerExpression(lowering, first.value);
  if (!isAssignable(wanted.type, item) && !isAssignable(item, wanted.type)) {
    lowering.report(
      'wrong-type',
      wanted.place,
      `The values are of type ${typeName(item)}, this is of type ${typeName(wanted.type)}.`,
    );
  }
  return { kind: 'contains', list: object, item: wanted, type: primitive('Boolean'), place };
}

/** `order.in(Paid)`. */
function lowerInstanceTest(lowering: Lowering, node: ast.Path, lifeline: ast.Lifeline): Expression | undefined {
  const step = node.steps[1];
  const path = step?.arguments[0]?.value;
  if (node.steps.length !== 2 || step === undefined || step.arguments.length !== 1 || !ast.isPath(path)) {
    lowering.report(
      'wrong-arguments',
      placeOf(lowering, node),
      `Write \`${lifeline.name}.in(State)\`: of a lifeline, its state is all that can be asked for.`,
    );
    return undefined;
  }
  const state = idOf(path.steps.at(-1)?.to?.ref);
  return { kind: 'in', state, lifeline: idOf(lifeline), type: primitive('Boolean'), place: placeOf(lowering, node) };
}

function report(lowering: Lowering, step: ast.Step, message: string): void {
  lowering.report('wrong-arguments', placeOf(lowering, step), message);
}

/** The type of what an expression may read by name; undefined for everything else. */
export function typeOfValue(target: AstNode | undefined): ValueType | undefined {
  const silent: Lowering = { uri: '', report: () => undefined };
  if (ast.isParameter(target) || ast.isVariable(target) || ast.isAttribute(target))
    return lowerType(silent, target.type);
  if (ast.isBinding(target)) return lowerType(silent, boundParameter(target)?.type);
  if (!ast.isLoopVariable(target)) return undefined;
  const item = declaredTypeOf(target)?.type;
  if (item === undefined) return unknownType;
  const list = lowerType(silent, item);
  return list.kind === 'list' ? list.of : list;
}
