/** Where the names in an activity's expressions live: the slots of an invocation, and the event that an accept action takes. */
import { dataTypesOf, type Location, type Scope } from '../../expressions/index.ts';
import type { Activity, ActivityNode, ElementId, Model } from '../../model/index.ts';

/** A scope for what stands at one element: draws inside get streams named after it. */
type ActivityScopes = (element: ElementId) => Scope;

/** `sources` collects the names of the random streams. */
export function activityScopes(model: Model, activity: Activity, sources: string[]): ActivityScopes {
  const locations = new Map<ElementId, Location>();
  const bind = (nodes: readonly ActivityNode[]): void => {
    for (const node of nodes) {
      const bound = node.kind === 'accept' && node.event.kind === 'signal' ? [node.event] : [];
      const interrupts = node.kind === 'interruptible' ? node.interrupts : [];
      for (const { bindings } of [...bound, ...interrupts]) {
        bindings.forEach(({ id, type }, index) => {
          locations.set(id, { kind: 'event', index, type });
        });
      }
      if (node.kind === 'interruptible' || node.kind === 'structured') bind(node.nodes);
    }
  };
  bind(activity.nodes);
  [...activity.parameters, ...activity.variables].forEach(({ id, type }, index) => {
    locations.set(id, { kind: 'slot', index, type });
  });
  const signals = new Map(model.signals.map((signal, index) => [signal.id, index]));
  const dataTypes = dataTypesOf(model);
  return (element) => {
    let draws = 0;
    return {
      locate: (variable) => locations.get(variable),
      state: () => undefined,
      signal: (signal) => signals.get(signal) ?? -1,
      attributes: (signal) => model.signals[signals.get(signal) ?? -1]?.attributes.map(({ id }) => id) ?? [],
      source: () => sources.push(`${element}/draw${++draws === 1 ? '' : draws}`) - 1,
      dataTypes,
    };
  };
}
