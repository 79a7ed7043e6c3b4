/** Components and the cost of their operations. */
import type { Component, Expression, Operation } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { lowerType, primitive, unknownType } from './value-types.ts';
import { lowerVariable } from './variables.ts';

export function lowerComponent(lowering: Lowering, node: ast.Component): Component {
  return {
    ...elementOf(lowering, node),
    kind: 'component',
    external: node.external,
    operations: node.members.filter(ast.isOperation).map((operation) => lowerOperation(lowering, operation)),
    owns: node.members
      .filter(ast.isOwns)
      .flatMap((owns) => owns.machines.map((machine) => idOf(machine.ref)).filter((id) => id !== '')),
  };
}

export function lowerOperation(lowering: Lowering, node: ast.Operation): Operation {
  reportRepeated(lowering, node);
  const returns = node.returnType === undefined ? unknownType : lowerType(lowering, node.returnType);
  const takes = node.clauses.find(ast.isTakes);
  const delays = node.clauses.find(ast.isDelays);
  const result = node.clauses.find(ast.isReturns);
  const fails = lowerFails(lowering, node.clauses.find(ast.isFails));
  const duration = (value: ast.Expression): Expression => lowerExpression(lowering, value, primitive('Duration'));
  return {
    ...elementOf(lowering, node),
    kind: 'operation',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    returns,
    ...(takes === undefined ? {} : { takes: duration(takes.value) }),
    ...(delays === undefined ? {} : { delays: duration(delays.value) }),
    ...(fails === undefined ? {} : { fails }),
    ...(result === undefined ? {} : { result: lowerExpression(lowering, result.value, returns) }),
  };
}

function lowerFails(lowering: Lowering, node: ast.Fails | undefined): Operation['fails'] {
  if (node === undefined) return undefined;
  const expression = lowerExpression(lowering, node.probability, primitive('Percent'));
  const probability = evaluateConstant(expression);
  const after = node.after === undefined ? undefined : lowerExpression(lowering, node.after, primitive('Duration'));
  if (typeof probability !== 'number') return undefined;
  if (probability < 0 || probability > 1) {
    lowering.report(
      'out-of-range',
      placeOf(lowering, node.probability),
      'A share of failures lies between 0 % and 100 %.',
    );
    return undefined;
  }
  return { probability, ...(after === undefined ? {} : { after }) };
}

function reportRepeated(lowering: Lowering, node: ast.Operation): void {
  const seen = new Set<string>();
  for (const clause of node.clauses) {
    if (seen.has(clause.$type)) {
      const message = `\`${clause.$type.toLowerCase()}\` stands twice; operation \`${node.name}\` has one at most.`;
      lowering.report('duplicate-name', placeOf(lowering, clause), message);
    }
    seen.add(clause.$type);
  }
}
