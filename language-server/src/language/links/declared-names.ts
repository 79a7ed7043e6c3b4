/**
 * What each place declares: a file, a machine's vertices, an interaction's participants, a component's operations.
 * Computed once a syntax tree. Knows nothing of references.
 */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { descendantsOf } from './descendants.ts';
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

type Declared = Exclude<ast.Declaration, ast.Calibration>;

/** A calibration has no name of its own. */
export const declarationsOf = cached((file: ast.TwinFile) =>
  namesOf(file.declarations.filter((node): node is Declared => !ast.isCalibration(node))),
);

export const literalsOf = cached((enumeration: ast.Enumeration) => namesOf(enumeration.literals));

export const attributesOf = cached((data: ast.DataType) => namesOf(data.attributes));

/** Tags are declared by their use; the first stands for all. */
export const tagsOf = cached((file: ast.TwinFile) =>
  namesOf(
    file.declarations
      .filter(ast.isDataType)
      .flatMap((data) => data.attributes.flatMap((attribute) => attribute.classifications)),
  ),
);

export const zonesOf = cached((file: ast.TwinFile) =>
  namesOf(file.declarations.filter(ast.isDeployment).flatMap((deployment) => [...zonesBelow(deployment.members)])),
);

/** Every vertex and named region of the machine, at whatever depth. */
export const verticesOf = cached((machine: ast.Machine) => namesOf(verticesBelow(machine.members)));

/** Vertices and regions right inside a machine, state or region; those of unnamed regions count as inside. */
export const membersOf = cached((owner: ast.Machine | ast.State | ast.Region) => {
  const names = new Map(namesOf(directVertices(owner.members)));
  for (const member of owner.members) {
    if (ast.isHistory(member)) names.set(member.deep ? 'deep_history' : 'history', [member]);
  }
  return names;
});

export const entryPointsOf = cached((machine: ast.Machine) => namesOf(machine.members.filter(ast.isEntryPoint)));
export const exitPointsOf = cached((machine: ast.Machine) => namesOf(machine.members.filter(ast.isExitPoint)));

export const machineVariables = cached((machine: ast.Machine) =>
  namesOf([...machine.parameters, ...machine.members.filter(ast.isVariable)]),
);

export const operationsOf = cached((owner: ast.Component | ast.Machine) =>
  namesOf(owner.members.filter(ast.isOperation)),
);

export const topicsOf = cached((component: ast.Component) => namesOf(component.members.filter(ast.isTopic)));

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

/** By their names, and by kind and ordinal where they have none: `alt1`, `loop2`. */
export const fragmentsOf = cached((interaction: ast.Interaction) => {
  const names = new Map<string, AstNode[]>();
  const counts = new Map<string, number>();
  for (const node of descendantsOf(interaction)) {
    if (!ast.isCombinedFragment(node)) continue;
    const kind = node.$type.toLowerCase();
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = node.name ?? `${kind}${count}`;
    names.set(name, [...(names.get(name) ?? []), node]);
  }
  return names;
});

/** The fragments that the text names itself: those without a name are told apart by their ordinals. */
export const namedFragmentsOf = cached((interaction: ast.Interaction) =>
  namesOf(descendantsOf(interaction).filter(ast.isCombinedFragment)),
);

export const activityVariables = cached((activity: ast.Activity) =>
  namesOf([...activity.parameters, ...activity.members.filter(ast.isVariable)]),
);

/** Every node of the activity, at whatever depth. */
export const activityNodesOf = cached((activity: ast.Activity) => namesOf(activityNodesBelow(activity.members)));

export const partitionsOf = cached((activity: ast.Activity) =>
  namesOf(activity.members.filter(ast.isPartitions).flatMap((member) => member.partitions)),
);

export const nodesOf = cached((deployment: ast.Deployment) => namesOf(nodesBelow(deployment.members)));

export const placesOf = cached((deployment: ast.Deployment) =>
  namesOf([...nodesBelow(deployment.members), ...zonesBelow(deployment.members)]),
);

export const expectationsOf = cached((twin: ast.Twin | ast.Scenario) =>
  namesOf((twin.members as readonly AstNode[]).filter(ast.isExpectation)),
);

/** Whatever gives names to the data of an event. */
export type EventReceiver = ast.SignalTrigger | ast.CallTrigger | ast.AcceptNode | ast.Interrupt | ast.Consumer;

export const bindingsOf = cached((receiver: EventReceiver) => {
  if ('signals' in receiver) return namesOf(receiver.signals.flatMap((pattern) => pattern.bindings));
  return namesOf(receiver.bindings);
});

/** What a state does on entering, while it is active, on leaving. */
export type BehaviourOfState = ast.Entry | ast.Exit | ast.DoActivity;

export const parametersOf = cached(
  (owner: ast.Signal | ast.Operation | ast.Interaction | ast.Machine | ast.Activity | ast.Topic | BehaviourOfState) =>
    namesOf(owner.parameters),
);

/** All nodes of a deployment, those inside zones too. */
export function* nodesBelow(members: readonly ast.ZoneMember[]): Generator<ast.Node> {
  for (const member of members) {
    if (ast.isNode(member)) yield member;
    else if (ast.isZone(member)) yield* nodesBelow(member.members);
  }
}

/** All zones, outer ones first. */
export function* zonesBelow(members: readonly ast.ZoneMember[]): Generator<ast.Zone> {
  for (const member of members) {
    if (!ast.isZone(member)) continue;
    yield member;
    yield* zonesBelow(member.members);
  }
}

type NamedActivityNode =
  | Exclude<ast.ActivityNode, ast.Initial | ast.Finals | ast.FlowFinals>
  | ast.Final
  | ast.FlowFinal;

/** Every node, those inside structured nodes and regions too. */
export function* activityNodesBelow(members: readonly AstNode[]): Generator<NamedActivityNode> {
  for (const member of members) {
    if (ast.isFinals(member)) yield* member.finals;
    else if (ast.isFlowFinals(member)) yield* member.finals;
    else if (ast.isActivityNode(member) && !ast.isInitial(member)) yield member as NamedActivityNode;
    if (ast.isStructuredNode(member) || ast.isInterruptibleRegion(member)) yield* activityNodesBelow(member.members);
  }
}

type AnyMember = ast.MachineMember | ast.StateMember;
type NamedVertex =
  | ast.State
  | ast.Choice
  | ast.Junction
  | ast.Fork
  | ast.Join
  | ast.EntryPoint
  | ast.ExitPoint
  | ast.Terminate
  | ast.Final
  | ast.Region;

/** The vertices and named regions that stand right in a body. */
export function* directVertices(members: readonly AnyMember[]): Generator<NamedVertex> {
  for (const member of members) {
    if (ast.isFinals(member)) yield* member.finals;
    else if (ast.isRegion(member)) yield member;
    else if (ast.isRegionMember(member) && !ast.isInitial(member) && !ast.isHistory(member))
      yield member as NamedVertex;
  }
}

function* verticesBelow(members: readonly AnyMember[]): Generator<NamedVertex> {
  for (const vertex of directVertices(members)) {
    yield vertex;
    if (ast.isState(vertex) || ast.isRegion(vertex)) yield* verticesBelow(vertex.members);
  }
}
