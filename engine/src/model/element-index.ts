/** Finding elements: by id, and by a place in the text. Both directions of selection rest on it. */
import type { Activity, ActivityEdge, ActivityNode } from './activity.ts';
import type { Component } from './component.ts';
import type { Deployment } from './deployment.ts';
import type { Element, ElementId, Place, Position } from './element.ts';
import type { Fragment } from './interaction.ts';
import type { Machine, Region, Vertex } from './machine.ts';
import type { Model } from './model.ts';
import type { Scenario } from './scenario.ts';
import type { Twin } from './twin.ts';

/** An element with the kind that its declaration gives it. */
export type AnyElement = Element & { readonly kind: string };

/** Every element of the model but the names that triggers bind; parents before children, in the order of the text within each kind. */
export function* allElements(model: Model): Generator<AnyElement> {
  for (const enumeration of model.enumerations) {
    yield enumeration;
    for (const literal of enumeration.literals) yield { ...literal, kind: 'literal' };
  }
  for (const type of model.dataTypes) {
    yield type;
    yield* type.attributes;
  }
  for (const signal of model.signals) {
    yield signal;
    yield* signal.attributes;
  }
  for (const machine of model.machines) yield* elementsOfMachine(machine);
  for (const component of model.components) yield* elementsOfComponent(component);
  for (const interaction of model.interactions) {
    yield interaction;
    yield* interaction.parameters;
    yield* interaction.variables;
    yield* interaction.lifelines;
    yield* elementsOfFragments(interaction.body);
  }
  for (const activity of model.activities) yield* elementsOfActivity(activity);
  yield* model.resources;
  for (const deployment of model.deployments) yield* elementsOfDeployment(deployment);
  for (const scenario of model.scenarios) yield* elementsOfScenario(scenario);
  for (const twin of model.twins) yield* elementsOfTwin(twin);
  for (const policy of model.policies) {
    yield policy;
    yield* policy.rules;
  }
  for (const calibration of model.calibrations) {
    yield calibration;
    yield* calibration.values;
  }
  for (const test of model.tests) {
    yield test;
    yield* test.steps;
  }
}

function* elementsOfMachine(machine: Machine): Generator<AnyElement> {
  yield machine;
  yield* machine.parameters;
  yield* machine.variables;
  for (const operation of machine.operations) {
    yield operation;
    yield* operation.parameters;
  }
  yield* machine.connectionPoints;
  for (const region of machine.regions) yield* elementsOfRegion(region);
}

function* elementsOfRegion(region: Region): Generator<AnyElement> {
  yield region;
  for (const vertex of region.vertices) yield* elementsOfVertex(vertex);
  yield* region.transitions;
}

function* elementsOfVertex(vertex: Vertex): Generator<AnyElement> {
  yield vertex;
  if (vertex.kind !== 'state') return;
  yield* vertex.entryParameters ?? [];
  yield* vertex.exitParameters ?? [];
  yield* vertex.activity?.parameters ?? [];
  yield* vertex.connectionPoints;
  yield* vertex.submachine?.exits ?? [];
  for (const region of vertex.regions) yield* elementsOfRegion(region);
}

function* elementsOfComponent(component: Component): Generator<AnyElement> {
  yield component;
  for (const operation of component.operations) {
    yield operation;
    yield* operation.parameters;
  }
  for (const topic of component.topics) {
    yield topic;
    yield* topic.parameters;
  }
  yield* component.requires;
  for (const version of component.versions) {
    yield version;
    yield* version.requires;
  }
}

function* elementsOfActivity(activity: Activity): Generator<AnyElement> {
  yield activity;
  yield* activity.parameters;
  yield* activity.variables;
  for (const partition of activity.partitions) yield { ...partition, kind: 'partition' };
  yield* elementsOfNodes(activity);
}

function* elementsOfNodes(owner: {
  readonly nodes: readonly ActivityNode[];
  readonly edges: readonly ActivityEdge[];
}): Generator<AnyElement> {
  for (const node of owner.nodes) {
    yield node;
    if (node.kind === 'structured' || node.kind === 'interruptible') yield* elementsOfNodes(node);
    if (node.kind === 'interruptible') yield* node.interrupts;
  }
  yield* owner.edges;
}

function* elementsOfDeployment(deployment: Deployment): Generator<AnyElement> {
  yield deployment;
  yield* deployment.zones;
  for (const node of deployment.nodes) {
    yield node;
    yield* node.deploys;
  }
  yield* deployment.links;
  yield* deployment.spreads;
  yield* deployment.balances;
  yield* deployment.autoscales;
  yield* deployment.limits;
  yield* deployment.backgrounds;
  yield* deployment.costs;
}

function* elementsOfScenario(scenario: Scenario): Generator<AnyElement> {
  yield scenario;
  yield* scenario.loads;
  for (const event of scenario.timeline) {
    yield event;
    if (event.change.kind === 'load') yield event.change.load;
  }
  yield* scenario.expectations;
  yield* scenario.variations;
}

function* elementsOfTwin(twin: Twin): Generator<AnyElement> {
  yield twin;
  yield* twin.sources;
  yield* twin.bindings;
  for (const binding of twin.instances) {
    yield binding;
    yield* binding.events;
    yield* binding.bindings;
  }
  yield* twin.expectations;
  yield* twin.forecasts;
  yield* twin.reactions;
}

function* elementsOfFragments(fragments: readonly Fragment[]): Generator<AnyElement> {
  for (const fragment of fragments) {
    yield fragment;
    if (fragment.kind === 'message' || fragment.kind === 'consumer') yield* elementsOfFragments(fragment.execution);
    if (fragment.kind === 'message') yield* elementsOfFragments(fragment.fallback ?? []);
    if ('operands' in fragment) {
      for (const operand of fragment.operands) {
        yield operand;
        yield* elementsOfFragments(operand.body);
      }
    }
  }
}

/** Id → element. */
export function indexElements(model: Model): ReadonlyMap<ElementId, AnyElement> {
  const index = new Map<ElementId, AnyElement>();
  for (const element of allElements(model)) index.set(element.id, element);
  return index;
}

/** The innermost element whose place holds the position. */
export function elementAt(model: Model, uri: string, position: Position): AnyElement | undefined {
  let innermost: AnyElement | undefined;
  for (const element of allElements(model)) {
    if (!contains(element.place, uri, position)) continue;
    if (innermost === undefined || within(element.place, innermost.place)) innermost = element;
  }
  return innermost;
}

function contains(place: Place, uri: string, position: Position): boolean {
  return place.uri === uri && compare(place.start, position) <= 0 && compare(position, place.end) <= 0;
}

function within(inner: Place, outer: Place): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
