/** Which names each reference can see. Files see what they import, and nothing else. */
import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  type ReferenceInfo,
  type ScopeProvider,
  URI,
  UriUtils,
} from 'langium';
import * as ast from '../../generated/ast.ts';
import type { TwinServices } from '../services.ts';
import { builtInNames, builtInTwinNames, isBuiltInName } from './built-in-names.ts';
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
  verticesOf,
} from './declared-names.ts';
import { importsOf, rootOf } from './imports.ts';
import { NameScope, type Names } from './name-scope.ts';

const builtInUri = URI.parse('builtin:///names');

export class TwinScopeProvider implements ScopeProvider {
  private readonly services: TwinServices;
  private readonly descriptions = new WeakMap<AstNode, AstNodeDescription>();

  constructor(services: TwinServices) {
    this.services = services;
  }

  getScope(info: ReferenceInfo): NameScope {
    const reflection = this.services.shared.AstReflection;
    const type = reflection.getReferenceType(info);
    const accepts = (node: AstNode) =>
      reflection.isSubtype(node.$type, type) || (type === ast.Named.$type && isBuiltInName(node));
    return new NameScope(this.layersFor(info), accepts, this.describe);
  }

  private layersFor({ container, property }: ReferenceInfo): Names[] {
    if (ast.isStep(container)) return this.layersForStep(container);
    if (ast.isArgument(container)) return [parametersOf(calleeOf(container.$container))];
    if (ast.isAssign(container) || (ast.isMessage(container) && property === 'result'))
      return variablesAround(container);
    if (ast.isMessage(container) && property === 'operation') return [operationsOf(componentOf(container.to?.ref))];
    if ((ast.isMessage(container) && property !== 'signal') || (ast.isSend(container) && property === 'lifeline')) {
      return [participantsOf(AstUtils.getContainerOfType(container, ast.isInteraction))];
    }
    if (ast.isLink(container)) return [nodesOf(AstUtils.getContainerOfType(container, ast.isDeployment))];
    return this.fileLayers(container);
  }

  private layersForStep(step: ast.Step): Names[] {
    const path = step.$container;
    const index = step.$containerIndex ?? 0;
    if (index > 0) return [membersOfNamed(path.steps[index - 1]?.to?.ref)];
    return this.layersOfPath(path, useOf(path));
  }

  /** What the first name of a path can see. */
  layersOfPath(node: AstNode, use: PathUse): Names[] {
    if (use === 'vertex') return [verticesOf(AstUtils.getContainerOfType(node, ast.isMachine))];
    if (use === 'bound') return this.fileLayers(node);
    if (use === 'measured') return [nodesOf(deploymentAround(node)), ...this.fileLayers(node)];
    const builtIn = AstUtils.hasContainerOfType(node, ast.isTwin) ? builtInTwinNames : builtInNames;
    return [...variablesAround(node), ...this.fileLayers(node), builtIn];
  }

  /** The file's own declarations, then those of the files it imports, in their order. */
  private fileLayers(node: AstNode): Names[] {
    const document = AstUtils.getDocument(node);
    const layers = [declarationsOf(rootOf(document))];
    const documents = this.services.shared.workspace.LangiumDocuments;
    for (const { uri } of importsOf(document)) {
      const imported = UriUtils.equals(uri, document.uri) ? undefined : documents.getDocument(uri);
      if (imported !== undefined) layers.push(declarationsOf(rootOf(imported)));
    }
    return layers;
  }

  readonly describe = (node: AstNode, name: string): AstNodeDescription => {
    let description = this.descriptions.get(node);
    if (description === undefined) {
      description = isBuiltInName(node)
        ? { node, name, type: node.$type, documentUri: builtInUri, path: name }
        : this.services.workspace.AstNodeDescriptionProvider.createDescription(node, name, AstUtils.getDocument(node));
      this.descriptions.set(node, description);
    }
    return description;
  };
}

/** What a path is for: the target of a transition, a value, what is measured, what telemetry is bound to. */
export type PathUse = 'vertex' | 'value' | 'measured' | 'bound';

function useOf(path: ast.Path): PathUse {
  if (path.$containerProperty === 'target' || isStateTest(path)) return 'vertex';
  if (ast.isTelemetryBinding(path.$container)) return 'bound';
  return ast.isMeasure(path.$container) ? 'measured' : 'value';
}

export type Callee = ast.Signal | ast.Operation | ast.Interaction | ast.Machine;

/** What the arguments of a call, a signal, a load or an instance go to. */
export function calleeOf(owner: ast.Argument['$container']): Callee | undefined {
  if (ast.isMessage(owner)) return owner.operation?.ref ?? owner.signal?.ref;
  if (ast.isLoad(owner)) return owner.behaviour?.ref;
  if (ast.isInstanceBinding(owner)) return owner.machine?.ref;
  if (ast.isLifeline(owner)) return ast.isMachine(owner.type?.ref) ? owner.type.ref : undefined;
  return owner.signal?.ref;
}

/** The component that a participant stands for, if it does. */
export function componentOf(participant: ast.Participant | undefined): ast.Component | undefined {
  const type = ast.isLifeline(participant) ? participant.type?.ref : undefined;
  return ast.isComponent(type) ? type : undefined;
}

/** The deployment of the scenario or twin around a node. */
export function deploymentAround(node: AstNode): ast.Deployment | undefined {
  const owner = AstUtils.getContainerOfType(node, (item) => ast.isScenario(item) || ast.isTwin(item));
  return owner?.deployment?.ref;
}

/** Is the path the argument of `in(State)`? */
export function isStateTest(path: ast.Path): boolean {
  const argument = path.$container;
  return ast.isFunctionArgument(argument) && argument.$container.function === 'in';
}

function variablesAround(node: AstNode): Names[] {
  const layers: Names[] = [];
  const transition = AstUtils.getContainerOfType(node, ast.isTransition);
  if (transition !== undefined && ast.isSignalTrigger(transition.trigger)) layers.push(bindingsOf(transition.trigger));
  const machine = AstUtils.getContainerOfType(node, ast.isMachine);
  if (machine !== undefined) layers.push(machineVariables(machine));
  const interaction = AstUtils.getContainerOfType(node, ast.isInteraction);
  if (interaction !== undefined) layers.push(interactionVariables(interaction));
  const operation = AstUtils.getContainerOfType(node, ast.isOperation);
  if (operation !== undefined) layers.push(parametersOf(operation));
  return layers;
}

/** What a dot behind the node leads to. */
export function membersOfNamed(node: AstNode | undefined): Names {
  if (ast.isEnumeration(node)) return literalsOf(node);
  if (ast.isMachine(node) || ast.isState(node) || ast.isRegion(node)) return membersOf(node);
  if (ast.isComponent(node)) return operationsOf(node);
  return new Map();
}
