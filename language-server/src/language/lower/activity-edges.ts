/** Edges of activities: what leaves each kind of node, and where it may lead. UML 2.5.1, 15.2.3 Activities (edges). */
import { type Action, type ActivityEdge, type ElementId, isAssignable } from '@pollux/engine/model';
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { lowerActions } from './actions.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { typeOfValue } from './paths.ts';
import { lowerType, primitive, typeName, unknownType } from './value-types.ts';
import { lowerWeight } from './weights.ts';

/** Edges that lead nowhere are left out: their names are reported already. */
export function lowerEdges(lowering: Lowering, node: ast.ActivityNode): ActivityEdge[] {
  switch (node.$type) {
    case 'Decision':
      return node.branches.flatMap((branch) => lowerBranch(lowering, branch, idOf(node)));
    case 'Fork':
      return [
        ...node.targets.flatMap((target) => lowerEdge(lowering, node, target, [])),
        ...node.branches.flatMap((branch) => lowerForkBranch(lowering, branch, idOf(node))),
      ];
    case 'AcceptNode':
      return lowerEdge(lowering, node, node.target, node.actions, storedValues(lowering, node));
    case 'Initial':
    case 'ActionNode':
    case 'Join':
      return lowerEdge(lowering, node, node.target, node.actions);
    case 'Merge':
    case 'BufferNode':
    case 'SendNode':
    case 'AcquireNode':
    case 'ReleaseNode':
    case 'StructuredNode':
      return lowerEdge(lowering, node, node.target, []);
    case 'InterruptibleRegion':
    case 'Finals':
    case 'FlowFinals':
      return [];
  }
}

function lowerEdge(
  lowering: Lowering,
  node: AstNode,
  path: ast.Path | undefined,
  actions: readonly ast.Action[],
  before: readonly Action[] = [],
): ActivityEdge[] {
  const effect = [...before, ...lowerActions(lowering, actions)];
  const target = lowerNodeTarget(lowering, path);
  if (target === undefined) return [];
  const source = idOf(node);
  const place = placeOf(lowering, path);
  const id = `${source}->${shortName(source, target)}`;
  return [{ id, name: '', place, label: place, kind: 'edge', source, target, isElse: false, effect }];
}

/**
 * What an event brings under the name of a variable of the activity is stored there, so that nodes further on can read it: the
 * object flow that UML draws from the result pin of an accept action.
 */
export function storedValues(lowering: Lowering, node: ast.AcceptNode | ast.Interrupt): Action[] {
  const activity = AstUtils.getContainerOfType(node, ast.isActivity);
  const variables = activity?.members.filter(ast.isVariable) ?? [];
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  return node.signals.flatMap(({ bindings }) =>
    bindings.flatMap((binding): Action[] => {
      const variable = variables.find(({ name }) => name === binding.name);
      if (variable === undefined) return [];
      const place = placeOf(lowering, binding);
      const type = typeOfValue(binding) ?? unknownType;
      const wanted = lowerType(silent, variable.type);
      if (!isAssignable(type, wanted)) {
        const message = `\`${variable.name}\` is of type ${typeName(wanted)}, but the signal brings a ${typeName(type)}. Bind it under another name.`;
        lowering.report('wrong-type', place, message);
      }
      const value = { kind: 'variable', variable: idOf(binding), type, place } as const;
      return [{ kind: 'assign', variable: idOf(variable), operator: '=', value, place }];
    }),
  );
}

function lowerBranch(lowering: Lowering, node: ast.Branch, source: ElementId): ActivityEdge[] {
  const guard = node.guard === undefined ? undefined : lowerExpression(lowering, node.guard, primitive('Boolean'));
  const weight = lowerWeight(lowering, node, node.weight);
  const effect = lowerActions(lowering, node.actions);
  const target = lowerNodeTarget(lowering, node.target);
  if (target === undefined) return [];
  return [
    {
      ...elementOf(lowering, node),
      label: placeOf(lowering, node.target),
      kind: 'edge',
      source,
      target,
      ...(guard === undefined ? {} : { guard }),
      ...(weight === undefined ? {} : { weight }),
      isElse: node.otherwise,
      effect,
    },
  ];
}

function lowerForkBranch(lowering: Lowering, node: ast.ForkBranch, source: ElementId): ActivityEdge[] {
  const effect = lowerActions(lowering, node.actions);
  const target = lowerNodeTarget(lowering, node.target);
  if (target === undefined) return [];
  const label = placeOf(lowering, node.target);
  return [{ ...elementOf(lowering, node), label, kind: 'edge', source, target, isElse: false, effect }];
}

/** The node that a path leads to, if an edge from where the path stands may lead there. */
export function lowerNodeTarget(lowering: Lowering, path: ast.Path | undefined): ElementId | undefined {
  const target = path?.steps.at(-1)?.to?.ref;
  if (path === undefined || target === undefined) return undefined;
  const problem = wrongTarget(target) ?? wrongBody(path, target);
  if (problem !== undefined) lowering.report('wrong-kind', placeOf(lowering, path), problem);
  return wrongTarget(target) === undefined ? idOf(target) : undefined;
}

function wrongTarget(target: ast.Named): string | undefined {
  if (ast.isInterruptibleRegion(target)) {
    return `\`${target.name}\` is an interruptible region, which is entered by its nodes. Lead to one of them.`;
  }
  if (!ast.isActivityNode(target) && !ast.isFinal(target) && !ast.isFlowFinal(target)) {
    return `An edge leads to a node of the activity, but this is ${kindName(target)}.`;
  }
  return undefined;
}

/** Edges stay in their braces: tokens come in at the beginning, and go out where the structured node itself leads. */
function wrongBody(path: ast.Path, target: ast.Named): string | undefined {
  const [from, to] = [bodyAround(path), bodyAround(target)];
  const name = path.steps.at(-1)?.to?.$refText ?? '';
  if (from === to) return undefined;
  if (ast.isStructuredNode(to)) {
    return `\`${name}\` stands inside \`${to.name}\`, which begins at its \`initial\`. Lead to \`${to.name}\`.`;
  }
  const inner = ast.isStructuredNode(from) ? from.name : '';
  return `\`${name}\` stands outside of \`${inner}\`. Lead to a \`final\` in the braces; the edge behind them goes on from there.`;
}

/** The body whose tokens a node shares: of the innermost structured node, else of the activity. Regions have none of their own. */
function bodyAround(node: AstNode): AstNode | undefined {
  // An edge that leaves a structured node stands in that node's own text, but outside of its braces.
  const owner = node.$container;
  const start = ast.isPath(node) && ast.isStructuredNode(owner) ? owner.$container : owner;
  return AstUtils.getContainerOfType(
    start,
    (item): item is ast.Activity | ast.StructuredNode => ast.isStructuredNode(item) || ast.isActivity(item),
  );
}

/** The target's id without what it shares with the source. */
function shortName(source: ElementId, target: ElementId): string {
  const cut = Math.max(source.lastIndexOf('/'), source.lastIndexOf('.'));
  const prefix = `${source.slice(0, cut)}.`;
  return target.startsWith(prefix) ? target.slice(prefix.length) : target;
}
