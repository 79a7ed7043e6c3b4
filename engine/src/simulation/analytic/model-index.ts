/**
 * What the analysis looks up again and again, gathered once a model: a model never changes. What lies inside interactions is
 * gathered once an interaction, because each belongs to the models of all files that import its own.
 */
import type { Component, ElementId, Fragment, Interaction, Message, Model } from '../../model/index.ts';

export type Consumer = Extract<Fragment, { readonly kind: 'consumer' }>;

type Lookup<T> = Pick<ReadonlyMap<ElementId, T>, 'get'>;

export interface ModelIndex {
  readonly components: ReadonlyMap<ElementId, Component>;
  /** Under the machines that they own. */
  readonly owners: ReadonlyMap<ElementId, Component>;
  /** Under their operations. */
  readonly providers: ReadonlyMap<ElementId, Component>;
  /** Under the lifelines that stand for them. */
  readonly participants: Lookup<Component>;
  readonly messages: Lookup<Message>;
  /** Under their topics. */
  readonly consumers: ReadonlyMap<ElementId, readonly Consumer[]>;
}

const known = new WeakMap<Model, ModelIndex>();

export function indexOf(model: Model): ModelIndex {
  let index = known.get(model);
  if (index === undefined) {
    index = gather(model);
    known.set(model, index);
  }
  return index;
}

function gather(model: Model): ModelIndex {
  const components = new Map<ElementId, Component>();
  const owners = new Map<ElementId, Component>();
  const providers = new Map<ElementId, Component>();
  for (const component of model.components) {
    addFirst(components, component.id, component);
    for (const machine of component.owns) addFirst(owners, machine, component);
    for (const { id } of component.operations) addFirst(providers, id, component);
  }
  const parts = model.interactions.map(insideOf);
  const consumers = new Map<ElementId, Consumer[]>();
  for (const consumer of parts.flatMap((part) => part.consumers)) {
    const same = consumers.get(consumer.topic);
    if (same === undefined) consumers.set(consumer.topic, [consumer]);
    else same.push(consumer);
  }
  return {
    components,
    owners,
    providers,
    participants: { get: (id) => components.get(firstUnder(id, parts, ({ participants }) => participants) ?? '') },
    messages: { get: (id) => firstUnder(id, parts, ({ messages }) => messages) },
    consumers,
  };
}

/** Of several under one id the first counts, as in every search through a list. */
function addFirst<T>(map: Map<ElementId, T>, id: ElementId, item: T): void {
  if (!map.has(id)) map.set(id, item);
}

interface Inside {
  /** The components that lifelines stand for. */
  readonly participants: ReadonlyMap<ElementId, ElementId>;
  readonly messages: ReadonlyMap<ElementId, Message>;
  readonly consumers: readonly Consumer[];
}

const insides = new WeakMap<Interaction, Inside>();

function insideOf(interaction: Interaction): Inside {
  let inside = insides.get(interaction);
  if (inside === undefined) {
    const participants = new Map<ElementId, ElementId>();
    for (const { id, represents } of interaction.lifelines) {
      if (represents.kind === 'component') participants.set(id, represents.component);
    }
    const messages = new Map<ElementId, Message>();
    const consumers: Consumer[] = [];
    collect(interaction.body, messages, consumers);
    inside = { participants, messages, consumers };
    insides.set(interaction, inside);
  }
  return inside;
}

function firstUnder<T>(
  id: ElementId,
  parts: readonly Inside[],
  pick: (part: Inside) => ReadonlyMap<ElementId, T>,
): T | undefined {
  for (const part of parts) {
    const found = pick(part).get(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function collect(fragments: readonly Fragment[], messages: Map<ElementId, Message>, consumers: Consumer[]): void {
  for (const fragment of fragments) {
    if (fragment.kind === 'message') {
      messages.set(fragment.id, fragment);
      collect(fragment.execution, messages, consumers);
      // What stands in for a failed call consumes nothing by itself.
      collect(fragment.fallback ?? [], messages, []);
    } else if (fragment.kind === 'consumer') {
      consumers.push(fragment);
      collect(fragment.execution, messages, consumers);
    } else if ('operands' in fragment) for (const { body } of fragment.operands) collect(body, messages, consumers);
  }
}
