/** State machines: regions, vertices and transitions. */
import type {
  DeferredEvent,
  DoActivity,
  ExitConnection,
  Expression,
  FinalState,
  Machine,
  Place,
  Pseudostate,
  Region,
  State,
  Transition,
  Variable,
  Vertex,
} from '@pollux/engine/model';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { lowerActions } from './actions.ts';
import { idOf, unnamedRegionId } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { lowerOperation } from './operations.ts';
import { lowerUses } from './resource-uses.ts';
import { lowerTarget } from './targets.ts';
import { lowerBranch, lowerForkBranch, lowerPlainTransition, lowerTransition } from './transitions.ts';
import { primitive } from './value-types.ts';
import { lowerArguments, lowerVariable } from './variables.ts';

type Member = ast.MachineMember | ast.StateMember;

export function lowerMachine(lowering: Lowering, node: ast.Machine): Machine {
  return {
    ...elementOf(lowering, node),
    kind: 'machine',
    ...(node.base?.ref === undefined ? {} : { extends: idOf(node.base.ref) }),
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    variables: node.members.filter(ast.isVariable).map((variable) => lowerVariable(lowering, variable)),
    operations: node.members.filter(ast.isOperation).map((operation) => lowerOperation(lowering, operation)),
    ...lowerInvariants(lowering, node),
    regions: withTransitions(lowerRegions(lowering, node, node.members, true), lowerConnections(lowering, node)),
    connectionPoints: lowerConnectionPoints(lowering, node),
  };
}

function lowerInvariants(
  lowering: Lowering,
  { members }: ast.Machine | ast.State,
): { readonly invariants?: readonly Expression[] } {
  const invariants = (members as readonly Member[])
    .filter(ast.isStateInvariant)
    .map(({ condition }) => lowerExpression(lowering, condition, primitive('Boolean')));
  return invariants.length === 0 ? {} : { invariants };
}

/** No region holds a machine: what leads on from its own entry points stands in its first one. */
function withTransitions(regions: readonly Region[], transitions: readonly Transition[]): readonly Region[] {
  return regions.map((region, i) =>
    i === 0 ? { ...region, transitions: [...region.transitions, ...transitions] } : region,
  );
}

/** Entry and exit points belong to the border of the machine or state, not to a region. */
function lowerConnectionPoints(lowering: Lowering, owner: ast.Machine | ast.State): Pseudostate[] {
  return (owner.members as readonly Member[]).flatMap((member): Pseudostate[] => {
    if (!isConnectionPoint(member)) return [];
    return [{ ...elementOf(lowering, member), kind: ast.isEntryPoint(member) ? 'entry-point' : 'exit-point' }];
  });
}

function isConnectionPoint(member: AstNode): member is ast.EntryPoint | ast.ExitPoint {
  return ast.isEntryPoint(member) || ast.isExitPoint(member);
}

/** What leads on from the entry and exit points of a machine or state. */
function lowerConnections(lowering: Lowering, owner: ast.Machine | ast.State): Transition[] {
  return (owner.members as readonly Member[]).flatMap((member) => {
    if (ast.isEntryPoint(member)) return member.targets.map((target) => lowerPlainTransition(lowering, member, target));
    if (!ast.isExitPoint(member) || member.target === undefined) return [];
    return [lowerPlainTransition(lowering, member, member.target)];
  });
}

/** The unnamed region of what stands directly in the braces, then the named ones. */
function lowerRegions(
  lowering: Lowering,
  owner: ast.Machine | ast.State,
  members: readonly Member[],
  always: boolean,
): Region[] {
  const named = members.filter(ast.isRegion);
  const direct = members.filter(ast.isRegionMember).filter((member) => !isConnectionPoint(member));
  const regions: Region[] = [];
  if (direct.length > 0 || (always && named.length === 0)) {
    const element = {
      id: unnamedRegionId(owner),
      name: '',
      place: spanOf(lowering, direct, owner),
      label: placeOfProperty(lowering, owner, 'name'),
    };
    regions.push({ ...element, kind: 'region', ...lowerVertices(lowering, direct) });
  }
  for (const region of named) {
    regions.push({ ...elementOf(lowering, region), kind: 'region', ...lowerVertices(lowering, region.members) });
  }
  return regions;
}

/** From the first member to the last: what stands around them belongs to the owner. */
function spanOf(lowering: Lowering, members: readonly ast.RegionMember[], owner: ast.Machine | ast.State): Place {
  const first = placeOf(lowering, members[0] ?? owner);
  return { ...first, end: placeOf(lowering, members.at(-1) ?? owner).end };
}

function lowerVertices(
  lowering: Lowering,
  members: readonly ast.RegionMember[],
): Pick<Region, 'vertices' | 'transitions'> {
  const vertices: Vertex[] = [];
  const transitions: Transition[] = [];
  for (const member of members) {
    if (ast.isFinals(member)) {
      vertices.push(...member.finals.map((final): FinalState => ({ ...elementOf(lowering, final), kind: 'final' })));
      continue;
    }
    if (ast.isState(member)) vertices.push(lowerState(lowering, member));
    else if (!isConnectionPoint(member)) vertices.push(lowerPseudostate(lowering, member));
    transitions.push(...transitionsFrom(lowering, member));
  }
  return { vertices, transitions };
}

/** What leaves a vertex; of a state, also what leaves its entry and exit points. */
function transitionsFrom(lowering: Lowering, node: Exclude<ast.RegionMember, ast.Finals>): Transition[] {
  switch (node.$type) {
    case 'State':
      return [
        ...node.members.filter(ast.isTransition).map((transition) => lowerTransition(lowering, transition, node)),
        ...lowerConnections(lowering, node),
      ];
    case 'Initial':
    case 'Join':
      return [lowerPlainTransition(lowering, node, node.target)];
    case 'History':
      return node.target === undefined ? [] : [lowerPlainTransition(lowering, node, node.target)];
    case 'Choice':
    case 'Junction':
      return node.branches.map((branch) => lowerBranch(lowering, branch, idOf(node)));
    case 'Fork':
      if (node.branches.length > 0) return node.branches.map((branch) => lowerForkBranch(lowering, branch, idOf(node)));
      return node.targets.map((target) => lowerPlainTransition(lowering, node, target));
    case 'EntryPoint':
    case 'ExitPoint':
    case 'Terminate':
      return [];
  }
}

const pseudostateKinds = {
  Choice: 'choice',
  Junction: 'junction',
  Fork: 'fork',
  Join: 'join',
  Terminate: 'terminate',
} as const;

function lowerPseudostate(
  lowering: Lowering,
  node: Exclude<ast.RegionMember, ast.Finals | ast.State | ast.EntryPoint | ast.ExitPoint>,
): Pseudostate {
  if (ast.isInitial(node)) {
    return { ...elementOf(lowering, node), label: placeOfKeyword(lowering, node, 'initial'), kind: 'initial' };
  }
  if (ast.isHistory(node)) {
    const element = { ...elementOf(lowering, node), label: placeOfKeyword(lowering, node, 'history') };
    return {
      ...element,
      name: node.deep ? 'deep_history' : 'history',
      kind: node.deep ? 'deep-history' : 'shallow-history',
    };
  }
  return { ...elementOf(lowering, node), kind: pseudostateKinds[node.$type] };
}

function lowerState(lowering: Lowering, node: ast.State): State {
  const submachine = lowerSubmachine(lowering, node);
  const activity = lowerDoActivity(lowering, node);
  const entries = node.members.filter(ast.isEntry);
  const exits = node.members.filter(ast.isExit);
  const entryParameters = lowerParameters(lowering, entries, node);
  const exitParameters = lowerParameters(lowering, exits, node);
  return {
    ...elementOf(lowering, node),
    kind: 'state',
    entry: entries.flatMap((entry) => lowerActions(lowering, entry.actions)),
    exit: exits.flatMap((exit) => lowerActions(lowering, exit.actions)),
    ...(entryParameters.length === 0 ? {} : { entryParameters }),
    ...(exitParameters.length === 0 ? {} : { exitParameters }),
    ...(activity === undefined ? {} : { activity }),
    ...lowerInvariants(lowering, node),
    deferred: node.members.filter(ast.isDeferral).flatMap((deferral) => deferral.events.flatMap(lowerDeferred)),
    regions: lowerRegions(lowering, node, node.members, false),
    connectionPoints: lowerConnectionPoints(lowering, node),
    ...(submachine === undefined ? {} : { submachine }),
  };
}

/** Several of a kind are done one behind the other, as long as none of them takes anything: a state has one behaviour of each kind. */
function lowerParameters(
  lowering: Lowering,
  behaviours: readonly (ast.Entry | ast.Exit)[],
  { name }: ast.State,
): Variable[] {
  const parameters = behaviours.flatMap((behaviour) => behaviour.parameters);
  const second = behaviours[1];
  if (second !== undefined && parameters.length > 0) {
    const word = second.$type.toLowerCase();
    const message = `State \`${name}\` has two of \`${word}\`, and one takes arguments. Write their actions into one.`;
    lowering.report('duplicate-name', placeOf(lowering, second), message);
  }
  return (behaviours[0]?.parameters ?? []).map((parameter) => lowerVariable(lowering, parameter));
}

function lowerDeferred(node: ast.DeferredEvent): DeferredEvent[] {
  const signal = node.signal?.ref;
  if (signal !== undefined) return [{ kind: 'signal', signal: idOf(signal) }];
  const operation = node.operation?.ref;
  return operation === undefined ? [] : [{ kind: 'call', operation: idOf(operation) }];
}

function lowerSubmachine(lowering: Lowering, node: ast.State): State['submachine'] {
  const exits = node.members.filter(ast.isExitConnection);
  const machine = node.submachine?.ref;
  if (node.submachine === undefined && exits[0] !== undefined) {
    const message = `\`${node.name}\` stands for no machine, so it has no exits to connect. Write \`state ${node.name} : SomeMachine\`, or \`exit point\`.`;
    lowering.report('wrong-kind', placeOf(lowering, exits[0]), message);
  }
  const values = node.submachine === undefined ? [] : lowerArguments(lowering, node.arguments, machine, node);
  if (machine === undefined) return undefined;
  return {
    machine: idOf(machine),
    arguments: values,
    exits: exits.flatMap((exit): ExitConnection[] => {
      const point = exit.point?.ref;
      const target = lowerTarget(lowering, exit.target);
      const effect = lowerActions(lowering, exit.actions);
      if (point === undefined || target === undefined) return [];
      return [{ ...elementOf(lowering, exit, 'point'), kind: 'exit-connection', point: idOf(point), target, effect }];
    }),
  };
}

function lowerDoActivity(lowering: Lowering, node: ast.State): DoActivity | undefined {
  const [activity, second] = node.members.filter(ast.isDoActivity);
  if (second !== undefined) {
    const message = `State \`${node.name}\` already has a \`do\`; a state has one at most.`;
    lowering.report('duplicate-name', placeOf(lowering, second), message);
  }
  if (activity === undefined) return undefined;
  const behaviour = activity.behaviour?.ref;
  const values =
    activity.behaviour === undefined ? [] : lowerArguments(lowering, activity.arguments, behaviour, activity);
  const parameters = activity.parameters.map((parameter) => lowerVariable(lowering, parameter));
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(activity.takes === undefined
      ? {}
      : { takes: lowerExpression(lowering, activity.takes, primitive('Duration')) }),
    uses: lowerUses(lowering, activity.uses),
    actions: lowerActions(lowering, activity.actions),
    ...(behaviour === undefined ? {} : { invokes: { behaviour: idOf(behaviour), arguments: values } }),
  };
}
