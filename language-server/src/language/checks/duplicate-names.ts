/** A name may be declared once in each place. Sees the syntax tree, because a model keeps no two elements of one name apart. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import {
  activityNodesOf,
  activityVariables,
  attributesOf,
  type BehaviourOfState,
  bindingsOf,
  declarationsOf,
  type EventReceiver,
  expectationsOf,
  interactionVariables,
  literalsOf,
  machineVariables,
  membersOf,
  namedFragmentsOf,
  operationsOf,
  parametersOf,
  participantsOf,
  partitionsOf,
  placesOf,
  topicsOf,
} from '../links/declared-names.ts';
import { descendantsOf } from '../links/descendants.ts';
import { kindName } from '../links/kind-names.ts';
import { type Names, namesOf } from '../links/name-scope.ts';
import { type Lowering, placeOf, placeOfProperty } from '../lower/lowering.ts';
import { timeUnits } from '../quantities/units.ts';

export function checkDuplicateNames(file: ast.TwinFile, lowering: Lowering): void {
  reportSame(declarationsOf(file), lowering);
  for (const declaration of file.declarations) {
    for (const names of namespacesOf(declaration)) reportSame(names, lowering);
    if (ast.isMachine(declaration) || ast.isInteraction(declaration) || ast.isActivity(declaration)) {
      checkBindings(declaration, lowering);
    }
  }
}

function namespacesOf(node: ast.Declaration): Names[] {
  switch (node.$type) {
    case 'Enumeration':
      return [literalsOf(node)];
    case 'DataType':
      return [attributesOf(node)];
    case 'Signal':
      return [parametersOf(node)];
    case 'Machine':
      return [
        machineVariables(node),
        ...operationNamespaces(node),
        ...vertexNamespaces(node),
        ...descendantsOf(node)
          .filter(isBehaviourOfState)
          .map((behaviour) => parametersOf(behaviour)),
      ];
    case 'Component':
      return [
        ...operationNamespaces(node),
        topicsOf(node),
        namesOf(node.members.filter(ast.isVersion)),
        ...node.members.filter(ast.isTopic).map((topic) => parametersOf(topic)),
      ];
    case 'Interaction':
      return [interactionVariables(node), participantsOf(node), namedFragmentsOf(node)];
    case 'Activity':
      return [activityVariables(node), activityNodesOf(node), partitionsOf(node)];
    case 'Deployment':
      return [placesOf(node)];
    case 'Scenario':
    case 'Twin':
      return [expectationsOf(node)];
    case 'Resource':
    case 'Policy':
    case 'Calibration':
    case 'TestCase':
      return [];
  }
}

function operationNamespaces(owner: ast.Component | ast.Machine): Names[] {
  return [
    operationsOf(owner),
    ...(owner.members as readonly AstNode[]).filter(ast.isOperation).map((operation) => parametersOf(operation)),
  ];
}

function* vertexNamespaces(owner: ast.Machine | ast.State | ast.Region): Generator<Names> {
  yield membersOf(owner);
  for (const member of owner.members) {
    if (ast.isState(member) || ast.isRegion(member)) yield* vertexNamespaces(member);
  }
}

function reportSame(names: Names, lowering: Lowering): void {
  for (const [name, nodes] of names) {
    for (const node of nodes.slice(1)) {
      const line = (nodes[0]?.$cstNode?.range.start.line ?? 0) + 1;
      const message = `\`${name}\` is already declared here as ${kindName(nodes[0] as AstNode)} (line ${line}). Rename one of them.`;
      lowering.report('duplicate-name', placeOfProperty(lowering, node, 'name'), message);
    }
    for (const node of nodes) warnOfUnit(name, node, lowering);
  }
}

function warnOfUnit(name: string, node: AstNode, lowering: Lowering): void {
  if (!Object.hasOwn(timeUnits, name) || !(ast.isVariable(node) || ast.isParameter(node))) return;
  const message = `\`${name}\` is also a unit of time: \`10/${name}\` reads as a rate, not as a division. Choose another name.`;
  lowering.report('named-like-a-unit', placeOfProperty(lowering, node, 'name'), message);
}

/** A name that an event binds, or a loop runs through, must not hide a variable: the reader would take one for the other. */
function checkBindings(behaviour: ast.Machine | ast.Interaction | ast.Activity, lowering: Lowering): void {
  const variables = ast.isMachine(behaviour)
    ? machineVariables(behaviour)
    : ast.isInteraction(behaviour)
      ? interactionVariables(behaviour)
      : activityVariables(behaviour);
  const check = (name: string, node: AstNode) => {
    const hidden = variables.get(name)?.[0];
    if (hidden === undefined) return;
    const message = `\`${name}\` hides ${kindName(hidden)} of \`${behaviour.name}\`. Give it another name.`;
    lowering.report('hidden-variable', placeOf(lowering, node), message);
  };
  for (const node of descendantsOf(behaviour)) {
    if (ast.isLoopVariable(node)) check(node.name, node);
    else if (isBehaviourOfState(node)) for (const parameter of node.parameters) check(parameter.name, parameter);
    else if (isEventReceiver(node)) {
      for (const [name, [binding]] of bindingsOf(node)) {
        if (!storesIn(node, variables.get(name)?.[0])) check(name, binding as AstNode);
      }
    }
  }
}

/** An activity's variable takes the value that an event of the same name brings: nodes further on read it there. */
function storesIn(receiver: EventReceiver, hidden: AstNode | undefined): boolean {
  return (ast.isAcceptNode(receiver) || ast.isInterrupt(receiver)) && ast.isVariable(hidden);
}

function isBehaviourOfState(node: AstNode): node is BehaviourOfState {
  return ast.isEntry(node) || ast.isExit(node) || ast.isDoActivity(node);
}

function isEventReceiver(node: AstNode): node is EventReceiver {
  return (
    ast.isSignalTrigger(node) ||
    ast.isCallTrigger(node) ||
    ast.isAcceptNode(node) ||
    ast.isInterrupt(node) ||
    ast.isConsumer(node)
  );
}
