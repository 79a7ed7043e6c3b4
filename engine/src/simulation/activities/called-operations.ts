/** Which operations of components interactions call, at whatever depth, in the order of the model. */
import type { ElementId, Fragment, Interaction, Model, Operation } from '../../model/index.ts';

export function calledOperations(model: Model, interactions: readonly Interaction[]): readonly Operation[] {
  const called = new Set(interactions.flatMap(({ body }) => signaturesIn(body)));
  return model.components.flatMap(({ operations }) => operations.filter(({ id }) => called.has(id)));
}

function signaturesIn(fragments: readonly Fragment[]): readonly ElementId[] {
  return fragments.flatMap((fragment): readonly ElementId[] => {
    if (fragment.kind === 'message')
      return [fragment.signature, ...signaturesIn(fragment.execution), ...signaturesIn(fragment.fallback ?? [])];
    if (fragment.kind === 'consumer') return [fragment.operation, ...signaturesIn(fragment.execution)];
    return 'operands' in fragment ? fragment.operands.flatMap(({ body }) => signaturesIn(body)) : [];
  });
}
