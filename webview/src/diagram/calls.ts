/** Which component sends what to which, over all interactions: what the figures of links and components rest on. */
import type { ElementId, Fragment, Model } from '@pollux/engine/model';

export interface Call {
  readonly message: ElementId;
  readonly operation: ElementId;
  readonly from: ElementId;
  readonly to: ElementId;
}

/** Messages between components, brokers among them, in the order of the text; those of actors and machines are left out. */
export function callsOf(model: Model): readonly Call[] {
  const calls: Call[] = [];
  for (const interaction of model.interactions) {
    // A broker may take part without a lifeline.
    const components = new Map<ElementId, ElementId>(model.components.map(({ id }) => [id, id]));
    for (const { id, represents } of interaction.lifelines) {
      if (represents.kind === 'component') components.set(id, represents.component);
    }
    const add = (message: ElementId, operation: ElementId, sender: ElementId, receiver: ElementId): void => {
      const [from, to] = [components.get(sender), components.get(receiver)];
      if (operation === '' || from === undefined || to === undefined || from === to) return;
      calls.push({ message, operation, from, to });
    };
    visitFragments(interaction.body, (fragment) => {
      if (fragment.kind === 'message') add(fragment.id, fragment.signature, fragment.from, fragment.to);
      else if (fragment.kind === 'consumer') add(fragment.id, fragment.operation, fragment.broker, fragment.to);
    });
  }
  return calls;
}

export function visitMessages(
  fragments: readonly Fragment[],
  visit: (message: Extract<Fragment, { kind: 'message' }>) => void,
): void {
  visitFragments(fragments, (fragment) => {
    if (fragment.kind === 'message') visit(fragment);
  });
}

/** From the outside in. */
function visitFragments(fragments: readonly Fragment[], visit: (fragment: Fragment) => void): void {
  for (const fragment of fragments) {
    visit(fragment);
    if (fragment.kind === 'message' || fragment.kind === 'consumer') visitFragments(fragment.execution, visit);
    if (fragment.kind === 'message') visitFragments(fragment.fallback ?? [], visit);
    if ('operands' in fragment) for (const { body } of fragment.operands) visitFragments(body, visit);
  }
}
