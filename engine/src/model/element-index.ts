/** Finding elements: by id, and by a place in the text. Both directions of selection rest on it. */
import type { Element, ElementId, Place, Position } from './element.ts';
import type { Fragment } from './interaction.ts';
import type { Region, Vertex } from './machine.ts';
import type { Model } from './model.ts';

/** An element with the kind that its declaration gives it. */
export type AnyElement = Element & { readonly kind: string };

/** Every element of the model, parents before children, in the order of the text within each kind. */
export function* allElements(model: Model): Generator<AnyElement> {
  for (const enumeration of model.enumerations) {
    yield enumeration;
    for (const literal of enumeration.literals) yield { ...literal, kind: 'literal' };
  }
  for (const signal of model.signals) {
    yield signal;
    yield* signal.attributes;
  }
  for (const machine of model.machines) {
    yield machine;
    yield* machine.parameters;
    yield* machine.variables;
    for (const region of machine.regions) yield* elementsOfRegion(region);
  }
  for (const component of model.components) {
    yield component;
    for (const operation of component.operations) {
      yield operation;
      yield* operation.parameters;
    }
  }
  for (const interaction of model.interactions) {
    yield interaction;
    yield* interaction.parameters;
    yield* interaction.variables;
    yield* interaction.lifelines;
    yield* elementsOfFragments(interaction.body);
  }
  for (const deployment of model.deployments) {
    yield deployment;
    for (const node of deployment.nodes) {
      yield node;
      yield* node.deploys;
    }
    yield* deployment.links;
  }
  for (const scenario of model.scenarios) {
    yield scenario;
    yield* scenario.loads;
    yield* scenario.expectations;
  }
  for (const twin of model.twins) {
    yield twin;
    yield* twin.sources;
    yield* twin.bindings;
    for (const binding of twin.instances) {
      yield binding;
      yield* binding.events;
    }
    yield* twin.expectations;
  }
}

function* elementsOfRegion(region: Region): Generator<AnyElement> {
  yield region;
  for (const vertex of region.vertices) yield* elementsOfVertex(vertex);
  yield* region.transitions;
}

function* elementsOfVertex(vertex: Vertex): Generator<AnyElement> {
  yield vertex;
  if (vertex.kind === 'state') for (const region of vertex.regions) yield* elementsOfRegion(region);
}

function* elementsOfFragments(fragments: readonly Fragment[]): Generator<AnyElement> {
  for (const fragment of fragments) {
    yield fragment;
    if (fragment.kind === 'message') yield* elementsOfFragments(fragment.execution);
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
