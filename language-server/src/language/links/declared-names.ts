/**
 * What each place declares: a file, a machine's vertices, an interaction's participants, a component's operations.
 * Computed once a syntax tree. Knows nothing of references.
 */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { type Names, namesOf } from './name-scope.ts';

const none: Names = new Map();

function cached<T extends AstNode>(compute: (node: T) => Names): (node: T | undefined) => Names {
  const cache = new WeakMap<T, Names>();
  return (node) => {
    if (node === undefined) return none;
    let names = cache.get(node);
    if (names === undefined) {
      names = compute(node);
      cache.set(node, names);
    }
    return names;
  };
}

export const declarationsOf = cached((file: ast.TwinFile) => namesOf(file.declarations));

export const literalsOf = cached((enumeration: ast.Enumeration) => namesOf(enumeration.literals));

/** Every vertex and named region of the machine, at whatever depth. */
export const verticesOf = cached((machine: ast.Machine) => namesOf(verticesBelow(machine.members)));

/** Vertices and regions right inside a machine, state or region; those of unnamed regions count as inside. */
export const membersOf = cached((owner: ast.Machine | ast.State | ast.Region) =>
  namesOf(directVertices(owner.members)),
);

export const machineVariables = cached((machine: ast.Machine) =>
  namesOf([...machine.parameters, ...machine.members.filter(ast.isVariable)]),
);

export const operationsOf = cached((component: ast.Component) => namesOf(component.members.filter(ast.isOperation)));

export const interactionVariables = cached((interaction: ast.Interaction) =>
  namesOf([...interaction.parameters, ...interaction.members.filter(ast.isVariable)]),
);

export const participantsOf = cached((interaction: ast.Interaction) =>
  namesOf(
    interaction.members.flatMap((member): (ast.Actor | ast.Lifeline)[] => {
      if (ast.isActors(member)) return member.actors;
      return ast.isLifelines(member) ? member.lifelines : [];
    }),
  ),
);

export const nodesOf = cached((deployment: ast.Deployment) => namesOf(nodesBelow(deployment.members)));

export const bindingsOf = cached((trigger: ast.SignalTrigger) =>
  namesOf(trigger.signals.flatMap((pattern) => pattern.bindings)),
);

export const parametersOf = cached((owner: ast.Signal | ast.Operation | ast.Interaction | ast.Machine) =>
  namesOf(owner.parameters),
);

/** All nodes of a deployment, those inside zones too. */
export function* nodesBelow(members: readonly ast.DeploymentMember[]): Generator<ast.Node> {
  for (const member of members) {
    if (ast.isNode(member)) yield member;
    else if (ast.isZone(member)) yield* nodesBelow(member.members);
  }
}

type AnyMember = ast.MachineMember | ast.StateMember;
type NamedVertex = ast.State | ast.Choice | ast.Junction | ast.Final | ast.Region;

function* directVertices(members: readonly AnyMember[]): Generator<NamedVertex> {
  for (const member of members) {
    if (ast.isFinals(member)) yield* member.finals;
    else if (ast.isState(member) || ast.isChoice(member) || ast.isJunction(member) || ast.isRegion(member))
      yield member;
  }
}

function* verticesBelow(members: readonly AnyMember[]): Generator<NamedVertex> {
  for (const vertex of directVertices(members)) {
    yield vertex;
    if (ast.isState(vertex) || ast.isRegion(vertex)) yield* verticesBelow(vertex.members);
  }
}
