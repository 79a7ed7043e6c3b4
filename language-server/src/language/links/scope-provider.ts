/** Which names each reference can see. Files see what they import, and nothing else. */
import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  type LangiumDocument,
  type ReferenceInfo,
  type ScopeProvider,
  URI,
} from 'langium';
import * as ast from '../../generated/ast.ts';
import type { TwinServices } from '../services.ts';
import type { AnyNode } from './any-node.ts';
import { builtInFunctions, builtInLabels, builtInNames, builtInTwinNames, isBuiltInName } from './built-in-names.ts';
import {
  activityNodesOf,
  attributesOf,
  declarationsOf,
  exitPointsOf,
  expectationsOf,
  nodesOf,
  operationsOf,
  parametersOf,
  participantsOf,
  partitionsOf,
  placesOf,
  tagsOf,
  topicsOf,
  verticesOf,
  zonesOf,
} from './declared-names.ts';
import { rootOf, visibleFiles } from './imports.ts';
import { NameScope, type Names } from './name-scope.ts';
import { settableMembers } from './settable-members.ts';
import { declaredTypeOf, machineAround, machineWithBases, membersOfStep } from './value-members.ts';
import { variablesAround } from './variables-in-scope.ts';

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
    const accepts = (node: AstNode) => reflection.isSubtype(node.$type, type) || isBuiltInName(node);
    return new NameScope(this.layersFor(info), accepts, this.describe);
  }

  private layersFor({ container, property, index }: ReferenceInfo): Names[] {
    const node = container as AnyNode;
    switch (node.$type) {
      case 'Step':
        return this.layersForStep(node);
      case 'Argument':
        return parameterLayers(calleeOf(node.$container));
      case 'FunctionArgument':
        return [labelsOf(node)];
      case 'Call':
        return [...this.fileLayers(node), builtInFunctions];
      case 'Assign':
        return property === 'variable' ? variablesAround(node) : [attributesBehind(node, index ?? 0)];
      case 'Message':
      case 'FoundMessage':
      case 'Consumer':
        return this.layersForMessage(node, property);
      case 'Create':
      case 'Destroy':
        return [participantsAround(node)];
      case 'SendTarget':
        return [participantsAround(node), ...this.fileLayers(node)];
      case 'CallAction':
      case 'ActionNode':
        if (property === 'operation') return [operationsOf(node.component?.ref)];
        return property === 'partition' ? [partitionsAround(node)] : this.fileLayers(node);
      case 'StructuredNode':
        return [partitionsAround(node)];
      case 'CallTrigger':
      case 'DeferredEvent':
        return property === 'operation' ? this.callableOn(machineAround(node)) : this.fileLayers(node);
      case 'ExitConnection':
        return [exitPointsOf(submachineAround(node))];
      case 'OperationChange':
        return [operationsOf(AstUtils.getContainerOfType(node, ast.isComponent))];
      case 'Link':
        return [nodesOf(AstUtils.getContainerOfType(node, ast.isDeployment))];
      case 'DeployAcross':
      case 'BackgroundLoad':
        if (property === 'component') return this.fileLayers(node);
        return [nodesOf(AstUtils.getContainerOfType(node, ast.isDeployment))];
      case 'NeverReaches':
      case 'StaysIn':
        if (property === 'tag') return this.visible(node).map((file) => tagsOf(rootOf(file)));
        return property === 'zone' ? this.visible(node).map((file) => zonesOf(rootOf(file))) : this.fileLayers(node);
      case 'Reaction':
        return [expectationsOf(AstUtils.getContainerOfType(node, ast.isTwin))];
      case 'TestSend':
        return property === 'lifeline' ? [participantsOf(interactionUnderTest(node))] : this.fileLayers(node);
      case 'TestCall':
        return this.callableOn(machineUnderTest(node));
      default:
        return this.fileLayers(container);
    }
  }

  private layersForMessage(message: ast.Message | ast.FoundMessage | ast.Consumer, property: string): Names[] {
    if (property === 'operation') return this.calledOn(message.to?.ref);
    if (property === 'topic') return [topicsOf(componentOf((message as ast.Consumer).broker?.ref))];
    if (property === 'result') return variablesAround(message);
    if (property === 'signal') return this.fileLayers(message);
    return [participantsAround(message), ...this.fileLayers(message)];
  }

  /** Operations and topics of a component; operations of a machine, and of the component that owns it. */
  private calledOn(participant: ast.Participant | undefined): Names[] {
    const component = componentOf(participant);
    if (component !== undefined) return [operationsOf(component), topicsOf(component)];
    const type = ast.isLifeline(participant) ? participant.type?.ref : undefined;
    return ast.isMachine(type) ? this.callableOn(type) : [];
  }

  private callableOn(machine: ast.Machine | undefined): Names[] {
    if (machine === undefined) return [];
    const machines = machineWithBases(machine);
    const owners = this.visible(machine).flatMap((file) =>
      rootOf(file).declarations.filter(
        (node): node is ast.Component =>
          ast.isComponent(node) &&
          node.members.some(
            (member) =>
              ast.isOwns(member) && member.machines.some(({ ref }) => ref !== undefined && machines.includes(ref)),
          ),
      ),
    );
    return [...machines, ...owners].map((owner) => operationsOf(owner));
  }

  private layersForStep(step: ast.Step): Names[] {
    const path = step.$container;
    const index = step.$containerIndex ?? 0;
    if (index > 0 && useOf(path) === 'set')
      return [settableMembers(path.steps[index - 1]?.to?.ref, path.steps[index - 2]?.to?.ref)];
    if (index > 0) return [membersOfStep(path, index - 1)];
    return this.layersOfPath(path, useOf(path));
  }

  /** What the first name of a path can see. */
  layersOfPath(node: AstNode, use: PathUse): Names[] {
    const files = () => this.fileLayers(node);
    switch (use) {
      case 'vertex':
        return verticesAround(node);
      case 'bound':
        return [
          activityNodesOf(activityBound(node)),
          nodesOf(deploymentAround(node)),
          ...files(),
          this.statesAndActions(node),
        ];
      case 'measured':
      case 'set':
        return [nodesOf(deploymentAround(node)), ...files()];
      case 'placed':
        return [placesOf(deploymentAround(node)), ...files()];
      case 'declared':
        return files();
      case 'judged':
        return [...files(), this.statesAndActions(node)];
      case 'value': {
        const builtIn = AstUtils.hasContainerOfType(node, ast.isTwin) ? builtInTwinNames : builtInNames;
        return [...variablesAround(node), participantsAround(node), ...files(), builtIn];
      }
    }
  }

  /** What policies and twins may name without saying where it stands: states and actions of all visible behaviours. */
  private statesAndActions(node: AstNode): Names {
    const names = new Map<string, AstNode[]>();
    for (const file of this.visible(node)) {
      for (const declaration of rootOf(file).declarations) {
        const inside = ast.isMachine(declaration)
          ? verticesOf(declaration)
          : ast.isActivity(declaration)
            ? activityNodesOf(declaration)
            : new Map<string, AstNode[]>();
        for (const [name, nodes] of inside) names.set(name, [...(names.get(name) ?? []), ...nodes]);
      }
    }
    return names;
  }

  private visible(node: AstNode): LangiumDocument[] {
    return visibleFiles(AstUtils.getDocument(node), this.services.shared.workspace.LangiumDocuments);
  }

  /** The file's own declarations, then those of the files it imports, in their order. */
  private fileLayers(node: AstNode): Names[] {
    return this.visible(node).map((file) => declarationsOf(rootOf(file)));
  }

  /** Has the node itself, and nothing of its place, which an edit above it changes. */
  readonly describe = (node: AstNode, name: string): AstNodeDescription => {
    let description = this.descriptions.get(node);
    if (description === undefined || description.name !== name) {
      description = isBuiltInName(node)
        ? { node, name, type: node.$type, documentUri: builtInUri, path: name }
        : { node, name, type: node.$type, documentUri: AstUtils.getDocument(node).uri, path: '' };
      this.descriptions.set(node, description);
    }
    return description;
  };
}

/**
 * What a path is for: the target of a transition or edge, a value, what is measured, what a scenario sets or varies, what telemetry is
 * bound to, where a fault strikes, what a policy judges, or simply something declared.
 */
export type PathUse = 'vertex' | 'value' | 'measured' | 'set' | 'bound' | 'placed' | 'judged' | 'declared';

const usesByOwner: Readonly<Record<string, PathUse>> = {
  Measure: 'measured',
  Variation: 'set',
  SetChange: 'set',
  Crash: 'placed',
  Slow: 'placed',
  Cut: 'placed',
  Cost: 'measured',
  RateLimit: 'declared',
  LearnedValue: 'declared',
  Given: 'declared',
  Ignore: 'declared',
  Consider: 'declared',
  TelemetryBinding: 'bound',
  OnlyCalls: 'judged',
  Precedes: 'judged',
  Needs: 'judged',
  LeadsTo: 'judged',
};

const targetProperties = new Set(['target', 'targets', 'abandoned', 'state']);

export function useOf(path: ast.Path): PathUse {
  if (isTargetPath(path) || isStateTest(path)) return 'vertex';
  return usesByOwner[path.$container.$type] ?? 'value';
}

/** Does the path lead to where a transition or edge goes, or to a state that a test speaks of? */
export function isTargetPath(path: ast.Path): boolean {
  return targetProperties.has(path.$containerProperty ?? '');
}

/** Of a machine those that it inherits too, its own first. */
function parameterLayers(callee: Callee | undefined): Names[] {
  return ast.isMachine(callee) ? machineWithBases(callee).map((part) => parametersOf(part)) : [parametersOf(callee)];
}

export type Callee = ast.Signal | ast.Operation | ast.Interaction | ast.Machine | ast.Activity | ast.Topic;

/** What the arguments of a call, a signal, a load or an instance go to. */
export function calleeOf(owner: ast.Argument['$container']): Callee | undefined {
  switch (owner.$type) {
    case 'Message':
    case 'FoundMessage':
      return owner.operation?.ref ?? owner.signal?.ref;
    case 'Consumer':
    case 'CallAction':
    case 'TestCall':
      return owner.operation?.ref;
    case 'Lifeline':
      return ast.isMachine(owner.type?.ref) ? owner.type.ref : undefined;
    case 'State':
      return owner.submachine?.ref;
    case 'ActionNode':
      return owner.operation?.ref ?? owner.behaviour?.ref;
    case 'Load':
    case 'TimedLoad':
    case 'TestCase':
    case 'InstanceBinding':
    case 'DoActivity':
    case 'InteractionUse':
      return owner.behaviour?.ref;
    default:
      return owner.signal?.ref;
  }
}

function labelsOf(argument: ast.FunctionArgument): Names {
  const owner = argument.$container;
  const data = ast.isCall(owner) ? owner.function?.ref : undefined;
  return ast.isDataType(data) ? attributesOf(data) : builtInLabels;
}

function attributesBehind(assign: ast.Assign, index: number): Names {
  const before = index === 0 ? assign.variable?.ref : assign.attributes[index - 1]?.ref;
  const type = declaredTypeOf(before);
  const data = type === undefined || type.isList ? undefined : type.type.declared?.ref;
  return ast.isDataType(data) ? attributesOf(data) : new Map();
}

/** The component that a participant stands for, if it does. */
export function componentOf(participant: ast.Participant | undefined): ast.Component | undefined {
  if (ast.isComponent(participant)) return participant;
  const type = ast.isLifeline(participant) ? participant.type?.ref : undefined;
  return ast.isComponent(type) ? type : undefined;
}

/** The deployment of the scenario, twin or calibration around a node, or the one that it stands in. */
export function deploymentAround(node: AstNode): ast.Deployment | undefined {
  const owner = AstUtils.getContainerOfType(
    node,
    (item) => ast.isScenario(item) || ast.isTwin(item) || ast.isCalibration(item) || ast.isDeployment(item),
  );
  return ast.isDeployment(owner) ? owner : owner?.deployment?.ref;
}

/** Is the path the argument of `in(State)` or `order.in(State)`? */
export function isStateTest(path: ast.Path): boolean {
  const argument = path.$container;
  if (!ast.isFunctionArgument(argument)) return false;
  const owner = argument.$container;
  if (!ast.isCall(owner)) return owner.to?.$refText === 'in';
  return owner.function?.$refText === 'in' && !ast.isDataType(owner.function.ref);
}

function submachineAround(node: AstNode): ast.Machine | undefined {
  return AstUtils.getContainerOfType(node, ast.isState)?.submachine?.ref;
}

function partitionsAround(node: AstNode): Names {
  return partitionsOf(AstUtils.getContainerOfType(node, ast.isActivity));
}

/** The activity whose instances telemetry is bound to here. */
function activityBound(node: AstNode): ast.Activity | undefined {
  const behaviour = AstUtils.getContainerOfType(node, ast.isInstanceBinding)?.behaviour?.ref;
  return ast.isActivity(behaviour) ? behaviour : undefined;
}

function behaviourUnderTest(node: AstNode): ast.Behaviour | undefined {
  return AstUtils.getContainerOfType(node, ast.isTestCase)?.behaviour?.ref;
}

function machineUnderTest(node: AstNode): ast.Machine | undefined {
  const behaviour = behaviourUnderTest(node);
  return ast.isMachine(behaviour) ? behaviour : undefined;
}

function interactionUnderTest(node: AstNode): ast.Interaction | undefined {
  const behaviour = behaviourUnderTest(node);
  return ast.isInteraction(behaviour) ? behaviour : undefined;
}

/** The vertices or activity nodes that a target, or a state that is asked for, is looked up in. */
function verticesAround(node: AstNode): Names[] {
  const owner = node.$container;
  const lifeline =
    ast.isFunctionArgument(owner) && ast.isStep(owner.$container) ? lifelineBefore(owner.$container) : undefined;
  const asked = ast.isMachine(lifeline?.type?.ref) ? lifeline.type.ref : undefined;
  const activity = AstUtils.getContainerOfType(node, ast.isActivity) ?? behaviourUnderTest(node);
  if (asked === undefined && ast.isActivity(activity)) return [activityNodesOf(activity)];
  const machine = asked ?? machineAround(node) ?? machineUnderTest(node);
  return machineWithBases(machine).map((part) => verticesOf(part));
}

/** The lifeline whose state is asked for: `order` in `order.in(Paid)`. */
function lifelineBefore(step: ast.Step): ast.Lifeline | undefined {
  const before = step.$container.steps[(step.$containerIndex ?? 0) - 1]?.to?.ref;
  return ast.isLifeline(before) ? before : undefined;
}

function participantsAround(node: AstNode): Names {
  return participantsOf(AstUtils.getContainerOfType(node, ast.isInteraction) ?? interactionUnderTest(node));
}
