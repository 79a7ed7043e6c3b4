/** State machines: regions, vertices and transitions. */
import type { FinalState, Machine, Place, Pseudostate, Region, State, Transition, Vertex } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerActions } from './actions.ts';
import { idOf, unnamedRegionId } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { lowerBranch, lowerInitialTransition, lowerTransition } from './transitions.ts';
import { primitive } from './value-types.ts';
import { lowerVariable } from './variables.ts';

type Member = ast.MachineMember | ast.StateMember;

export function lowerMachine(lowering: Lowering, node: ast.Machine): Machine {
  return {
    ...elementOf(lowering, node),
    kind: 'machine',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    variables: node.members.filter(ast.isVariable).map((variable) => lowerVariable(lowering, variable)),
    regions: lowerRegions(lowering, node, node.members, true),
  };
}

/** The unnamed region of what stands directly in the braces, then the named ones. */
function lowerRegions(
  lowering: Lowering,
  owner: ast.Machine | ast.State,
  members: readonly Member[],
  always: boolean,
): Region[] {
  const named = members.filter(ast.isRegion);
  const direct = members.filter(ast.isRegionMember);
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
    if (ast.isInitial(member)) {
      vertices.push(lowerInitial(lowering, member));
      transitions.push(lowerInitialTransition(lowering, member));
    } else if (ast.isState(member)) {
      vertices.push(lowerState(lowering, member));
      for (const transition of member.members.filter(ast.isTransition)) {
        transitions.push(lowerTransition(lowering, transition, member));
      }
    } else if (ast.isFinals(member)) {
      vertices.push(...member.finals.map((final): FinalState => ({ ...elementOf(lowering, final), kind: 'final' })));
    } else {
      const kind = ast.isChoice(member) ? 'choice' : 'junction';
      vertices.push({ ...elementOf(lowering, member), kind });
      transitions.push(...member.branches.map((branch) => lowerBranch(lowering, branch, idOf(member))));
    }
  }
  return { vertices, transitions };
}

function lowerInitial(lowering: Lowering, node: ast.Initial): Pseudostate {
  return { ...elementOf(lowering, node), label: placeOfKeyword(lowering, node, 'initial'), kind: 'initial' };
}

function lowerState(lowering: Lowering, node: ast.State): State {
  const activities = node.members.filter(ast.isDoActivity);
  const [activity, second] = activities;
  if (second !== undefined) {
    lowering.report(
      'duplicate-name',
      placeOf(lowering, second),
      `State \`${node.name}\` already has a \`do\`; a state has one at most.`,
    );
  }
  return {
    ...elementOf(lowering, node),
    kind: 'state',
    entry: node.members.filter(ast.isEntry).flatMap((entry) => lowerActions(lowering, entry.actions)),
    exit: node.members.filter(ast.isExit).flatMap((exit) => lowerActions(lowering, exit.actions)),
    ...(activity === undefined
      ? {}
      : { activity: { takes: lowerExpression(lowering, activity.takes, primitive('Duration')) } }),
    regions: lowerRegions(lowering, node, node.members, false),
  };
}
