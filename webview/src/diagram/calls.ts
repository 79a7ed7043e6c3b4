/** Which component sends what to which, over all interactions: what the figures of links and components rest on. */
import type { ElementId, Fragment, Model } from '@pollux/engine/model';

export interface Call {
  readonly message: ElementId;
  readonly operation: ElementId;
  readonly from: ElementId;
  readonly to: ElementId;
}

/** Messages between components, in the order of the text; those of actors and machines are left out. */
export function callsOf(model: Model): readonly Call[] {
  const calls: Call[] = [];
  for (const interaction of model.interactions) {
    const components = new Map<ElementId, ElementId>();
    for (const { id, represents } of interaction.lifelines) {
      if (represents.kind === 'component') components.set(id, represents.component);
    }
    visitMessages(interaction.body, (message) => {
      if (message.signature === '') return;
      const from = components.get(message.from);
      const to = components.get(message.to);
      if (from !== undefined && to !== undefined && from !== to) {
        calls.push({ message: message.id, operation: message.signature, from, to });
      }
    });
  }
  return calls;
}

export function visitMessages(
  fragments: readonly Fragment[],
  visit: (message: Extract<Fragment, { kind: 'message' }>) => void,
): void {
  for (const fragment of fragments) {
    if (fragment.kind === 'message') {
      visit(fragment);
      visitMessages(fragment.execution, visit);
      visitMessages(fragment.fallback ?? [], visit);
    } else if (fragment.kind === 'consumer') visitMessages(fragment.execution, visit);
    else if ('operands' in fragment) {
      for (const operand of fragment.operands) visitMessages(operand.body, visit);
    }
  }
}
