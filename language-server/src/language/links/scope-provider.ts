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
    switch (container.$type) {
      case ast.Step.$type:
        return this.layersForStep(container as ast.Step);
      case ast.Argument.$type:
        return [parametersOf(calleeOf((container as ast.Argument).$container))];
      case ast.Assign.$type:
        return variablesAround(container);
      case ast.Message.$type:
        return this.layersForMessage(container as ast.Message, property);
      case ast.Send.$type:
        return property === 'lifeline' ? [participantsAround(container)] : this.fileLayers(container);
      case ast.Link.$type:
        return [nodesOf(AstUtils.getContainerOfType(container, ast.isDeployment))];
      default:
        return this.fileLayers(container);
    }
  }

  private layersForMessage(message: ast.Message, property: string): Names[] {
    if (property === 'operation') return [operationsOf(componentOf(message.to?.ref))];
    if (property === 'result') return variablesAround(message);
    return property === 'signal' ? this.fileLayers(message) : [participantsAround(message)];
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
    if (rootOf(document).imports.length === 0) return layers;
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

function participantsAround(node: AstNode): Names {
  return participantsOf(AstUtils.getContainerOfType(node, ast.isInteraction));
}

/** One walk up, inner declarations first. */
function variablesAround(node: AstNode): Names[] {
  const layers: Names[] = [];
  for (let current: AstNode | undefined = node; current !== undefined; current = current.$container) {
    if (current.$type === ast.Transition.$type) {
      const { trigger } = current as ast.Transition;
      if (ast.isSignalTrigger(trigger)) layers.push(bindingsOf(trigger));
    } else if (current.$type === ast.Machine.$type) layers.push(machineVariables(current as ast.Machine));
    else if (current.$type === ast.Interaction.$type) layers.push(interactionVariables(current as ast.Interaction));
    else if (current.$type === ast.Operation.$type) layers.push(parametersOf(current as ast.Operation));
  }
  return layers;
}

/** What a dot behind the node leads to. */
export function membersOfNamed(node: AstNode | undefined): Names {
  if (ast.isEnumeration(node)) return literalsOf(node);
  if (ast.isMachine(node) || ast.isState(node) || ast.isRegion(node)) return membersOf(node);
  if (ast.isComponent(node)) return operationsOf(node);
  return new Map();
}
