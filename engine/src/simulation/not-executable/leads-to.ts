/** What interactions lead to over `ref` and over topics, and whether that comes back to where it began. Knows only the model. */
import { consumersOf } from '../../behavior/interaction/index.ts';
import type { Consumer, ElementId, Fragment, Model } from '../../model/index.ts';

export function publishedIn(fragments: readonly Fragment[]): readonly ElementId[] {
  return fragments.flatMap((fragment): readonly ElementId[] => {
    if (fragment.kind === 'consumer') return publishedIn(fragment.execution);
    if (fragment.kind === 'message') {
      const inside = publishedIn([...fragment.execution, ...(fragment.fallback ?? [])]);
      return fragment.sort === 'publication' ? [fragment.signature, ...inside] : inside;
    }
    return 'operands' in fragment ? fragment.operands.flatMap(({ body }) => publishedIn(body)) : [];
  });
}

/** Whether what it does publishes to its own topic again, itself or by those who consume what it publishes. */
export function comesBack(consumer: Consumer, model: Model): boolean {
  const open = [...publishedBy(consumer.execution, model)];
  const seen = new Set<ElementId>();
  for (let topic = open.pop(); topic !== undefined; topic = open.pop()) {
    if (topic === consumer.topic) return true;
    if (seen.has(topic)) continue;
    seen.add(topic);
    for (const other of consumersOf(model.interactions)) {
      if (other.consumer.topic === topic) open.push(...publishedBy(other.consumer.execution, model));
    }
  }
  return false;
}

/** With what the interactions publish that they use. */
function publishedBy(
  fragments: readonly Fragment[],
  model: Model,
  within: readonly ElementId[] = [],
): readonly ElementId[] {
  const used = usedBy(fragments).filter((id) => !within.includes(id));
  const bodies = model.interactions.filter(({ id }) => used.includes(id));
  return [...publishedIn(fragments), ...bodies.flatMap(({ id, body }) => publishedBy(body, model, [...within, id]))];
}

/** The interactions that fragments refer to. */
export function usedBy(fragments: readonly Fragment[]): readonly ElementId[] {
  return fragments.flatMap((fragment): readonly ElementId[] => {
    if (fragment.kind === 'ref') return [fragment.interaction];
    if (fragment.kind === 'message') return [...usedBy(fragment.execution), ...usedBy(fragment.fallback ?? [])];
    if (fragment.kind === 'consumer') return usedBy(fragment.execution);
    return 'operands' in fragment ? fragment.operands.flatMap(({ body }) => usedBy(body)) : [];
  });
}
