/** Everything that stands in an interaction, at whatever depth. Knows no check. */
import type { Component, ElementId, Fragment, Interaction, Message, Model } from '@pollux/engine/model';

/** Parents before children, in the order of the text. */
export function* fragmentsBelow(fragments: readonly Fragment[]): Generator<Fragment> {
  for (const fragment of fragments) {
    yield fragment;
    for (const part of partsOf(fragment)) yield* fragmentsBelow(part);
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
export interface CallBetween {
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
  const components = new Map<ElementId, Component>();
  for (const component of model.components) if (component.broker) components.set(component.id, component);
  for (const { id, represents } of interaction.lifelines) {
    const component = model.components.find((candidate) =>
      represents.kind === 'component'
        ? candidate.id === represents.component
        : represents.kind === 'machine' && candidate.owns.includes(represents.machine),
    );
    if (component !== undefined) components.set(id, component);
  }
  return components;
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
