/** Which diagrams a model has, and on which of them an element stands. */
import type { ActivityNode, ElementId, Fragment, Machine, Model, Region, Scenario } from '@pollux/engine/model';
import { activityGraph, usesOf } from './activity-graph.ts';
import { deploymentGraph } from './deployment-graph.ts';
import type { DiagramGraph } from './graph.ts';
import { machineGraph } from './machine-graph.ts';
import { namesOf } from './names.ts';
import { layOutSequence, type SequenceLayout } from './sequence-layout.ts';
import type { MeasureText } from './text.ts';

type DiagramKind = 'machine' | 'activity' | 'interaction' | 'deployment';

export interface DiagramEntry {
  readonly element: ElementId;
  readonly kind: DiagramKind;
  readonly name: string;
}

export function diagramsOf(model: Model): readonly DiagramEntry[] {
  const entry = (each: { id: ElementId; kind: DiagramKind; name: string }): DiagramEntry => ({
    element: each.id,
    kind: each.kind,
    name: each.name,
  });
  return [
    ...model.machines.map(entry),
    ...model.activities.map(entry),
    ...model.interactions.map(entry),
    ...model.deployments.map(entry),
  ];
}

/** Where it is seen how a scenario goes: on the activity that is loaded, on the deployment, else on what is loaded first. */
export function diagramOfScenario({ activities }: Model, { deployment, loads }: Scenario): ElementId | null {
  const loaded = loads.map(({ behaviour }) => behaviour);
  return loaded.find((each) => activities.some(({ id }) => id === each)) ?? deployment ?? loaded[0] ?? null;
}

/** A graph still to be laid out by the engine, or a sequence diagram that needs none. */
export function diagramContent(
  model: Model,
  diagram: ElementId,
  measure: MeasureText,
  room?: number,
): DiagramGraph | SequenceLayout | null {
  const nameOf = namesOf(model);
  const machine = model.machines.find((each) => each.id === diagram);
  if (machine !== undefined) return machineGraph(machine, nameOf, measure);
  const activity = model.activities.find((each) => each.id === diagram);
  if (activity !== undefined) return activityGraph(activity, model, nameOf, measure);
  const interaction = model.interactions.find((each) => each.id === diagram);
  if (interaction !== undefined) return layOutSequence(interaction, nameOf, measure, room, model.interactions);
  const deployment = model.deployments.find((each) => each.id === diagram);
  return deployment === undefined ? null : deploymentGraph(deployment, model, measure);
}

/** The diagram that shows the element itself; null for what stands on none (a signal, a scenario). */
export function diagramShowing(model: Model, element: ElementId): ElementId | null {
  for (const machine of model.machines) if (machineHolds(machine, element)) return machine.id;
  for (const { id, nodes, edges } of model.activities) {
    if (id === element || edges.some((each) => each.id === element)) return id;
    if (nodes.some((node) => nodeHolds(node, element))) return id;
    if (usesOf(nodes).some(({ resource }) => resource === element)) return id;
  }
  for (const interaction of model.interactions) {
    if (interaction.id === element || interaction.lifelines.some((each) => each.id === element)) return interaction.id;
    if (fragmentsHold(interaction.body, element)) return interaction.id;
  }
  for (const deployment of model.deployments) {
    const inside = [...deployment.nodes, ...deployment.nodes.flatMap((node) => node.deploys), ...deployment.links];
    const deployed = deployment.nodes.some((node) => node.deploys.some((each) => each.component === element));
    if (deployment.id === element || deployed || inside.some((each) => each.id === element)) return deployment.id;
  }
  return null;
}

function machineHolds(machine: Machine, element: ElementId): boolean {
  if (machine.id === element || machine.connectionPoints.some(({ id }) => id === element)) return true;
  return machine.regions.some((region) => regionHolds(region, element));
}

function regionHolds(region: Region, element: ElementId): boolean {
  if (region.id === element || region.transitions.some((each) => each.id === element)) return true;
  return region.vertices.some(
    (vertex) =>
      vertex.id === element ||
      (vertex.kind === 'state' &&
        (vertex.connectionPoints.some(({ id }) => id === element) ||
          vertex.submachine?.exits.some(({ id }) => id === element) === true ||
          vertex.regions.some((each) => regionHolds(each, element)))),
  );
}

function nodeHolds(node: ActivityNode, element: ElementId): boolean {
  if (node.id === element) return true;
  if (!('nodes' in node)) return false;
  const interrupts = node.kind === 'interruptible' ? node.interrupts : [];
  return (
    [...node.edges, ...interrupts].some(({ id }) => id === element) ||
    node.nodes.some((inner) => nodeHolds(inner, element))
  );
}

function fragmentsHold(fragments: readonly Fragment[], element: ElementId): boolean {
  return fragments.some((fragment) => {
    if (fragment.id === element) return true;
    if (fragment.kind === 'message') {
      return fragmentsHold(fragment.execution, element) || fragmentsHold(fragment.fallback ?? [], element);
    }
    if (fragment.kind === 'consumer') return fragmentsHold(fragment.execution, element);
    if (!('operands' in fragment)) return false;
    return fragment.operands.some((operand) => operand.id === element || fragmentsHold(operand.body, element));
  });
}
