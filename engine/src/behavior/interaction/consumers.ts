/** Who takes what is published to a topic. A consumer stands in an interaction but waits for publications anywhere. */
import type { Consumer, Fragment, Interaction } from '../../model/index.ts';

export interface FoundConsumer {
  readonly consumer: Consumer;
  readonly interaction: Interaction;
}

/** In the order of the text. */
export function consumersOf(interactions: readonly Interaction[]): readonly FoundConsumer[] {
  return interactions.flatMap((interaction) => find(interaction.body).map((consumer) => ({ consumer, interaction })));
}

function find(fragments: readonly Fragment[]): readonly Consumer[] {
  return fragments.flatMap((fragment): readonly Consumer[] => {
    if (fragment.kind === 'consumer') return [fragment, ...find(fragment.execution)];
    if (fragment.kind === 'message') return [...find(fragment.execution), ...find(fragment.fallback ?? [])];
    return 'operands' in fragment ? fragment.operands.flatMap(({ body }) => find(body)) : [];
  });
}
