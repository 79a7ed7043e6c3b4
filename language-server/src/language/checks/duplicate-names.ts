/** A name may be declared once in each place. Sees the syntax tree, because a model keeps no two elements of one name apart. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import {
  bindingsOf,
  declarationsOf,
  interactionVariables,
  literalsOf,
  machineVariables,
  membersOf,
  nodesOf,
  operationsOf,
  parametersOf,
  participantsOf,
} from '../links/declared-names.ts';
import { kindName } from '../links/kind-names.ts';
import type { Names } from '../links/name-scope.ts';
import { type Lowering, placeOf, placeOfProperty } from '../lower/lowering.ts';
import { timeUnits } from '../quantities/units.ts';

export function checkDuplicateNames(file: ast.TwinFile, lowering: Lowering): void {
  reportSame(declarationsOf(file), lowering);
  for (const declaration of file.declarations) {
    for (const names of namespacesOf(declaration)) reportSame(names, lowering);
    if (ast.isMachine(declaration)) checkBindings(declaration, lowering);
  }
}

function namespacesOf(node: ast.Declaration): Names[] {
  if (ast.isEnumeration(node)) return [literalsOf(node)];
  if (ast.isSignal(node)) return [parametersOf(node)];
  if (ast.isMachine(node)) return [machineVariables(node), ...vertexNamespaces(node)];
  if (ast.isComponent(node)) {
    return [operationsOf(node), ...node.members.filter(ast.isOperation).map((operation) => parametersOf(operation))];
  }
  if (ast.isInteraction(node)) return [interactionVariables(node), participantsOf(node)];
  if (ast.isDeployment(node)) return [nodesOf(node)];
  return [];
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

function checkBindings(machine: ast.Machine, lowering: Lowering): void {
  const variables = machineVariables(machine);
  for (const node of AstUtils.streamAllContents(machine)) {
    if (!ast.isSignalTrigger(node)) continue;
    for (const [name, [binding]] of bindingsOf(node)) {
      if (binding === undefined || !variables.has(name)) continue;
      const message = `\`${name}\` hides ${kindName(variables.get(name)?.[0] as AstNode)} of \`${machine.name}\`. Give it another name.`;
      lowering.report('hidden-variable', placeOf(lowering, binding), message);
    }
  }
}
