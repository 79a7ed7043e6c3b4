/** What a dot behind a name leads to, and the declared types that decide it. Reads references, reports nothing. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import {
  componentProperties,
  instanceProperties,
  isBuiltInName,
  listProperties,
  nodeProperties,
  operationProperties,
  resourceProperties,
} from './built-in-names.ts';
import {
  activityNodesOf,
  attributesOf,
  entryPointsOf,
  fragmentsOf,
  literalsOf,
  membersOf,
  namedFragmentsOf,
  operationsOf,
  partitionsOf,
  topicsOf,
} from './declared-names.ts';
import type { Names } from './name-scope.ts';

/** A declared type as it counts for what a dot leads to: one value, or several. */
export interface DeclaredType {
  readonly type: ast.Type;
  readonly isList: boolean;
}

/** Does the multiplicity allow more than one value? */
export function isMany(type: ast.Type | undefined): boolean {
  const { multiplicity } = type ?? {};
  return multiplicity !== undefined && (multiplicity.unbounded || Number(multiplicity.upper ?? 1) > 1);
}

/** The type that a name of a value was declared with; undefined for what is no value, and for unknown types. */
export function declaredTypeOf(node: AstNode | undefined): DeclaredType | undefined {
  if (ast.isParameter(node) || ast.isVariable(node) || ast.isAttribute(node)) return declared(node.type);
  if (ast.isBinding(node)) return declared(boundParameter(node)?.type);
  if (!ast.isLoopVariable(node)) return undefined;
  const { collection } = node.$container;
  const all = ast.isPath(collection) ? typeOfPath(collection, collection.steps.length - 1) : undefined;
  return all?.isList === true ? { type: all.type, isList: false } : undefined;
}

function declared(type: ast.Type | undefined): DeclaredType | undefined {
  return type === undefined ? undefined : { type, isList: isMany(type) };
}

/** What a name bound by a trigger stands for: the attribute or parameter at its position. */
export function boundParameter(binding: ast.Binding): ast.Parameter | undefined {
  const owner = binding.$container;
  const index = binding.$containerIndex ?? 0;
  if (ast.isSignalPattern(owner)) return owner.signal?.ref?.parameters[index];
  if (ast.isCallTrigger(owner)) return owner.operation?.ref?.parameters[index];
  return ast.isConsumer(owner) ? owner.topic?.ref?.parameters[index] : undefined;
}

/** The type of a path up to a step. */
export function typeOfPath(path: ast.Path, index: number): DeclaredType | undefined {
  const target = path.steps[index]?.to?.ref as AstNode | undefined;
  if (!isBuiltInName(target)) return declaredTypeOf(target);
  if (target.name !== 'at' || index === 0) return undefined;
  const list = typeOfPath(path, index - 1);
  return list === undefined ? undefined : { type: list.type, isList: false };
}

/** What the dot behind a step of a path leads to. */
export function membersOfStep(path: ast.Path, index: number): Names {
  const type = typeOfPath(path, index);
  if (type === undefined) return membersOfNamed(path.steps[index]?.to?.ref);
  if (type.isList) return listProperties;
  const named = type.type.declared?.ref;
  return ast.isDataType(named) ? attributesOf(named) : new Map();
}

/** What a dot behind an element, not a value, leads to. */
export function membersOfNamed(node: AstNode | undefined): Names {
  if (ast.isEnumeration(node)) return literalsOf(node);
  if (ast.isMachine(node)) return joined(membersOf(node), operationsOf(node), inheritedMembers(node));
  if (ast.isState(node) && ast.isMachine(node.submachine?.ref))
    return joined(membersOf(node), entryPointsOf(node.submachine.ref));
  if (ast.isState(node) || ast.isRegion(node)) return membersOf(node);
  if (ast.isChoice(node) || ast.isJunction(node) || ast.isDecision(node)) return branchTargets(node);
  if (ast.isComponent(node)) return joined(operationsOf(node), topicsOf(node), componentProperties);
  if (ast.isOperation(node)) return operationProperties;
  if (ast.isNode(node)) return nodeProperties;
  if (ast.isResource(node)) return resourceProperties;
  if (ast.isActivity(node)) return joined(activityNodesOf(node), partitionsOf(node));
  if (ast.isInteraction(node)) return joined(namedFragmentsOf(node), fragmentsOf(node));
  if (ast.isLifeline(node)) return ast.isMachine(node.type?.ref) ? instanceProperties : new Map();
  return new Map();
}

/** The machine and those that it extends, nearest first. */
export function machineWithBases(machine: ast.Machine | undefined): ast.Machine[] {
  const found = new Set<ast.Machine>();
  for (let current = machine; current !== undefined && !found.has(current); current = current.base?.ref)
    found.add(current);
  return [...found];
}

function inheritedMembers(machine: ast.Machine): Names {
  return joined(
    ...machineWithBases(machine)
      .slice(1)
      .map((base) => membersOf(base)),
  );
}

function branchTargets(node: ast.Choice | ast.Junction | ast.Decision): Names {
  const names = new Map<string, AstNode[]>();
  for (const { target } of node.branches) {
    const step = target?.steps.at(-1);
    if (step?.to?.ref !== undefined) names.set(step.to.$refText, [step.to.ref]);
  }
  return names;
}

/** The first list that has a name decides what it stands for. */
export function joined(...lists: readonly Names[]): Names {
  const [only] = lists.filter((names) => names.size > 0);
  if (only === undefined || lists.filter((names) => names.size > 0).length === 1) return only ?? new Map();
  const names = new Map<string, readonly AstNode[]>();
  for (const list of lists) for (const [name, nodes] of list) if (!names.has(name)) names.set(name, nodes);
  return names;
}

/** The machine around a node, if it stands in one. */
export function machineAround(node: AstNode): ast.Machine | undefined {
  return AstUtils.getContainerOfType(node, ast.isMachine);
}
