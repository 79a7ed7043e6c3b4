/** Everything that stands in an interaction, at whatever depth. Knows no check. */
import type { Component, ElementId, Fragment, Interaction, Message, Model } from '@pollux/engine/model';

/** A model never changes, and many checks ask. */
const known = new WeakMap<readonly Fragment[], readonly Fragment[]>();

/** Parents before children, in the order of the text. */
export function fragmentsBelow(fragments: readonly Fragment[]): readonly Fragment[] {
  let found = known.get(fragments);
  if (found === undefined) {
    const all: Fragment[] = [];
    collect(fragments, all);
    found = all;
    known.set(fragments, found);
  }
  return found;
}

function collect(fragments: readonly Fragment[], into: Fragment[]): void {
  for (const fragment of fragments) {
    into.push(fragment);
    for (const part of partsOf(fragment)) collect(part, into);
  }
}

/** The sequences that a fragment holds. */
export function partsOf(fragment: Fragment): readonly (readonly Fragment[])[] {
  if (fragment.kind === 'message') {
    return fragment.fallback === undefined ? [fragment.execution] : [fragment.execution, fragment.fallback];
  }
  if (fragment.kind === 'consumer') return [fragment.execution];
  return 'operands' in fragment ? fragment.operands.map(({ body }) => body) : [];
}

/** A message between two components of the model, told apart from those of actors and from nowhere. */
interface CallBetween {
  readonly message: Message;
  readonly from: Component;
  readonly to: Component;
}

/** Instances of machines act in the component that owns them. */
export function* callsBetween(interaction: Interaction, model: Model): Generator<CallBetween> {
  const components = componentsOf(interaction, model);
  for (const fragment of fragmentsBelow(interaction.body)) {
    if (fragment.kind !== 'message') continue;
    const from = components.get(fragment.from);
    const to = components.get(fragment.to);
    if (from !== undefined && to !== undefined) yield { message: fragment, from, to };
  }
}

/** Lifelines, and brokers that need none, with the component in which they act. */
export function componentsOf(interaction: Interaction, model: Model): ReadonlyMap<ElementId, Component> {
  const { brokers, components, owners } = lookupOf(model);
  const found = new Map(brokers);
  for (const { id, represents } of interaction.lifelines) {
    const component =
      represents.kind === 'component'
        ? components.get(represents.component)
        : represents.kind === 'machine'
          ? owners.get(represents.machine)
          : undefined;
    if (component !== undefined) found.set(id, component);
  }
  return found;
}

interface Lookup {
  readonly brokers: ReadonlyMap<ElementId, Component>;
  readonly components: ReadonlyMap<ElementId, Component>;
  /** Under the machines that they own. */
  readonly owners: ReadonlyMap<ElementId, Component>;
}

/** A model never changes, and is asked for every interaction. */
const lookups = new WeakMap<Model, Lookup>();

function lookupOf(model: Model): Lookup {
  let lookup = lookups.get(model);
  if (lookup === undefined) {
    const brokers = new Map<ElementId, Component>();
    const components = new Map<ElementId, Component>();
    const owners = new Map<ElementId, Component>();
    // Of several under one id the first counts.
    for (const component of model.components) {
      const { id, broker, owns } = component;
      if (broker) brokers.set(id, component);
      if (!components.has(id)) components.set(id, component);
      for (const machine of owns) if (!owners.has(machine)) owners.set(machine, component);
    }
    lookup = { brokers, components, owners };
    lookups.set(model, lookup);
  }
  return lookup;
}

/** The interactions that one leads to over its refs, itself first. */
export function interactionsFrom(id: ElementId, model: Model): Interaction[] {
  const found = new Map<ElementId, Interaction>();
  const add = (wanted: ElementId) => {
    const interaction = model.interactions.find((candidate) => candidate.id === wanted);
    if (interaction === undefined || found.has(wanted)) return;
    found.set(wanted, interaction);
    for (const fragment of fragmentsBelow(interaction.body)) if (fragment.kind === 'ref') add(fragment.interaction);
  };
  add(id);
  return [...found.values()];
}
