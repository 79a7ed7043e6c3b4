/** Operations and what they cost: of components, of machines, and as versions of a component change them. */
import { isAssignable, type Operation, type OperationCost, type ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerAmount, lowerShare, lowerTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerPriority } from './priorities.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { lowerType, primitive, typeName, unknownType } from './value-types.ts';
import { lowerVariable, signatureOf } from './variables.ts';

export function lowerOperation(lowering: Lowering, node: ast.Operation): Operation {
  const returns = node.returnType === undefined ? unknownType : lowerType(lowering, node.returnType);
  const method = node.clauses.find(ast.isMethod);
  if (method !== undefined) checkMethod(lowering, node, method);
  const behaviour = method?.behaviour?.ref;
  const priority = node.clauses.find(ast.isPriority);
  return {
    ...elementOf(lowering, node),
    kind: 'operation',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    returns,
    ...lowerCost(lowering, node, node.clauses),
    ...(behaviour === undefined ? {} : { method: idOf(behaviour) }),
    ...(priority === undefined ? {} : { priority: lowerPriority(lowering, priority.value) }),
  };
}

/** `operation` is the one whose cost it is, also where a version changes it. */
export function lowerCost(
  lowering: Lowering,
  operation: ast.Operation | undefined,
  clauses: readonly ast.OperationClause[],
): OperationCost {
  reportRepeatedClauses(lowering, clauses, (clause) => clause.$type.toLowerCase());
  const takes = clauses.find(ast.isTakes);
  const delays = clauses.find(ast.isDelays);
  const fails = lowerFails(lowering, clauses.find(ast.isFails));
  const result = clauses.find(ast.isReturns);
  const size = clauses.find(ast.isSize);
  return {
    ...(takes === undefined ? {} : { takes: lowerTime(lowering, takes.value) }),
    ...(delays === undefined ? {} : { delays: lowerTime(lowering, delays.value) }),
    ...(fails === undefined ? {} : { fails }),
    ...(result === undefined ? {} : { result: lowerResult(lowering, operation, result) }),
    ...(size === undefined ? {} : { size: lowerSize(lowering, size) }),
  };
}

function lowerFails(lowering: Lowering, node: ast.Fails | undefined): OperationCost['fails'] {
  if (node === undefined) return undefined;
  const probability = lowerShare(lowering, node.probability);
  const after = node.after === undefined ? {} : { after: lowerTime(lowering, node.after) };
  return probability === undefined ? undefined : { probability, ...after };
}

function lowerSize(lowering: Lowering, { request, reply }: ast.Size): NonNullable<OperationCost['size']> {
  const own = { request: lowerAmount(lowering, request, primitive('Bytes')) };
  return reply === undefined ? own : { ...own, reply: lowerAmount(lowering, reply, primitive('Bytes')) };
}

function lowerResult(lowering: Lowering, operation: ast.Operation | undefined, node: ast.Returns) {
  if (operation !== undefined && operation.returnType === undefined) {
    lowering.report('wrong-type', placeOf(lowering, node.value ?? node), returnsNothing(operation));
    return lowerExpression(lowering, node.value);
  }
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  return lowerExpression(lowering, node.value, lowerType(silent, operation?.returnType));
}

/** How messages ask for a type of the reply. */
export function returnsNothing(operation: ast.Operation): string {
  return `Operation \`${operation.name}\` returns nothing. Give it a type: \`operation ${operation.name}(…): Boolean\`.`;
}

/** A method is given the arguments of the call, one after the other. */
function checkMethod(lowering: Lowering, operation: ast.Operation, node: ast.Method): void {
  const behaviour = node.behaviour?.ref;
  if (behaviour === undefined) return;
  const types = (parameters: readonly ast.Parameter[]): ValueType[] =>
    parameters.map(({ type }) => lowerType({ uri: lowering.uri, report: () => undefined }, type));
  const given = types(operation.parameters);
  const wanted = types(behaviour.parameters);
  const wrong = wanted.findIndex((type, index) => {
    const argument = given[index];
    const isOptional = behaviour.parameters[index]?.initial !== undefined;
    return argument === undefined ? !isOptional : !isAssignable(argument, type);
  });
  if (wrong < 0 && given.length <= wanted.length) return;
  const mismatch = given[wrong];
  const parameter = behaviour.parameters[wrong];
  const why =
    parameter === undefined
      ? `takes only ${wanted.length} of its ${given.length} arguments`
      : mismatch === undefined
        ? `also needs \`${parameter.name}\``
        : `wants a ${typeName(wanted[wrong] ?? unknownType)} for \`${parameter.name}\`, which is given a ${typeName(mismatch)}`;
  const message = `The method of \`${operation.name}\` is given its arguments in their order, but \`${signatureOf(behaviour)}\` ${why}.`;
  lowering.report('wrong-arguments', placeOfProperty(lowering, node, 'behaviour'), message);
}
