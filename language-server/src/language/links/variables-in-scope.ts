/** Which variables an expression or action sees, by where it stands. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { AnyNode } from './any-node.ts';
import {
  activityVariables,
  bindingsOf,
  interactionVariables,
  machineVariables,
  parametersOf,
} from './declared-names.ts';
import { type Names, namesOf } from './name-scope.ts';
import { machineWithBases } from './value-members.ts';

/** One walk up, inner declarations first. */
export function variablesAround(node: AstNode): Names[] {
  const layers: Names[] = [];
  for (let current: AstNode | undefined = node; current !== undefined; current = current.$container) {
    layers.push(...variablesOf(current as AnyNode));
  }
  return layers;
}

function variablesOf(node: AnyNode): Names[] {
  switch (node.$type) {
    case 'ForAction':
      return node.variable === undefined ? [] : [namesOf([node.variable])];
    case 'Transition':
      return ast.isSignalTrigger(node.trigger) || ast.isCallTrigger(node.trigger) ? [bindingsOf(node.trigger)] : [];
    case 'Entry':
    case 'Exit':
    case 'DoActivity':
      return [parametersOf(node)];
    case 'AcceptNode':
    case 'Interrupt':
    case 'Consumer':
      return [bindingsOf(node)];
    case 'Machine':
      return machineWithBases(node).map((machine) => machineVariables(machine));
    case 'Interaction':
      return [interactionVariables(node)];
    case 'Activity':
      return [activityVariables(node)];
    case 'Operation':
      return [parametersOf(node)];
    case 'Topic':
      return [parametersOf(node)];
    case 'OperationChange':
      return [parametersOf(node.operation?.ref)];
    case 'Balance':
    case 'Queue':
    case 'Cache':
      return parametersOfOperations(node);
    case 'TestCase':
      return variablesUnderTest(node.behaviour?.ref);
    default:
      return [];
  }
}

/** A request is one of any operation of the component. */
function parametersOfOperations(node: ast.Balance | ast.Queue | ast.Cache): Names[] {
  const owner = AstUtils.getContainerOfType(
    node,
    (item) => ast.isComponent(item) || ast.isDeploy(item) || ast.isDeployAcross(item) || ast.isBalance(item),
  );
  const component = ast.isComponent(owner) ? owner : owner?.component?.ref;
  return component?.members.filter(ast.isOperation).map((operation) => parametersOf(operation)) ?? [];
}

function variablesUnderTest(behaviour: ast.Behaviour | undefined): Names[] {
  if (ast.isMachine(behaviour)) return machineWithBases(behaviour).map((machine) => machineVariables(machine));
  if (ast.isInteraction(behaviour)) return [interactionVariables(behaviour)];
  return ast.isActivity(behaviour) ? [activityVariables(behaviour)] : [];
}
