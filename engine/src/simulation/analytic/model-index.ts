/** What the analysis looks up again and again, gathered once a model: a model never changes. */
import type { Component, ElementId, Fragment, Message, Model } from '../../model/index.ts';

export type Consumer = Extract<Fragment, { readonly kind: 'consumer' }>;

export interface ModelIndex {
  readonly components: ReadonlyMap<ElementId, Component>;
  /** Under the machines that they own. */
  readonly owners: ReadonlyMap<ElementId, Component>;
  /** Under their operations. */
  readonly providers: ReadonlyMap<ElementId, Component>;
  /** Under the lifelines that stand for them. */
  readonly participants: ReadonlyMap<ElementId, Component>;
  readonly messages: ReadonlyMap<ElementId, Message>;
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
  const participants = new Map<ElementId, Component>();
  const messages = new Map<ElementId, Message>();
  const consumers = new Map<ElementId, Consumer[]>();
  for (const { lifelines, body } of model.interactions) {
    for (const { id, represents } of lifelines) {
      const component = represents.kind === 'component' ? components.get(represents.component) : undefined;
      if (component !== undefined) participants.set(id, component);
    }
    collect(body, messages, consumers);
  }
  return { components, owners, providers, participants, messages, consumers };
}

/** Of several under one id the first counts, as in every search through a list. */
function addFirst<T>(map: Map<ElementId, T>, id: ElementId, item: T): void {
  if (!map.has(id)) map.set(id, item);
}

function collect(
  fragments: readonly Fragment[],
  messages: Map<ElementId, Message>,
  consumers: Map<ElementId, Consumer[]>,
): void {
  for (const fragment of fragments) {
    if (fragment.kind === 'message') {
      messages.set(fragment.id, fragment);
      collect(fragment.execution, messages, consumers);
      // What stands in for a failed call consumes nothing by itself.
      collect(fragment.fallback ?? [], messages, new Map());
    } else if (fragment.kind === 'consumer') {
      const same = consumers.get(fragment.topic);
      if (same === undefined) consumers.set(fragment.topic, [fragment]);
      else same.push(fragment);
      collect(fragment.execution, messages, consumers);
    } else if ('operands' in fragment) for (const { body } of fragment.operands) collect(body, messages, consumers);
  }
}
