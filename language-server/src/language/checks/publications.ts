/** What is published is consumed, and the other way round. Sees the whole model. */
import type { Component, ElementId, Interaction, Model } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { fragmentsBelow } from './fragments-below.ts';

interface Topics {
  readonly published: ReadonlySet<ElementId>;
  readonly consumed: ReadonlySet<ElementId>;
}

/** `isShared`: other files may publish or consume what these components offer. */
export function checkPublications(
  components: readonly Component[],
  interactions: readonly Interaction[],
  model: Model,
  isShared: boolean,
  report: Report,
): void {
  const hasTopics = components.some(({ topics }) => topics.length > 0);
  const consumes = ({ body }: Interaction) => fragmentsBelow(body).some(({ kind }) => kind === 'consumer');
  if (!hasTopics && !interactions.some(consumes)) return;
  const { published, consumed } = topicsIn(model);
  for (const interaction of interactions) {
    for (const fragment of fragmentsBelow(interaction.body)) {
      if (fragment.kind !== 'consumer' || published.has(fragment.topic)) continue;
      const name = nameOf(fragment.topic);
      const message = `Nobody publishes to \`${name}\`, so nothing ever arrives here. Add \`a ->> ${name}(…)\` where it happens.`;
      report('never-published', fragment.label, message);
    }
  }
  if (isShared) return;
  for (const { topics } of components) {
    for (const topic of topics) {
      if (!published.has(topic.id) || consumed.has(topic.id)) continue;
      const name = nameOf(topic.id);
      const message = `What is published to \`${name}\` reaches nobody. Add \`on ${name} -> …\`, or remove the topic.`;
      report('never-consumed', topic.label, message);
    }
  }
}

function topicsIn(model: Model): Topics {
  const published = new Set<ElementId>();
  const consumed = new Set<ElementId>();
  for (const interaction of model.interactions) {
    for (const fragment of fragmentsBelow(interaction.body)) {
      if (fragment.kind === 'consumer') consumed.add(fragment.topic);
      else if (fragment.kind === 'message' && (fragment.sort === 'publication' || fragment.sort === 'found')) {
        published.add(fragment.signature);
      }
    }
  }
  return { published, consumed };
}

/** `Events.placed`. */
function nameOf(topic: ElementId): string {
  return topic.split('.').slice(-2).join('.');
}
