/** What changes on the timeline of a scenario are not simulated yet. */
import type { Change, Model, TimelineEvent } from '../../model/index.ts';
import { isJudged } from '../changes/rollout-watch.ts';
import { inActions } from './actions.ts';
import { type NotExecutable, refused } from './entry.ts';

/** Loads of the timeline are looked at with the others. */
export function inChange(event: TimelineEvent, model: Model): readonly NotExecutable[] {
  const { change } = event;
  switch (change.kind) {
    case 'slow':
      return model.resources.some(({ id }) => id === change.subject)
        ? [
            refused(
              'at … slow',
              event,
              'A resource has no times of its own yet: what uses it can be slow, or fewer of it be there.',
            ),
          ]
        : [];
    case 'rollout':
      return inRollout(change, event);
    case 'send':
      return inActions([change.action], event, 'machine');
    case 'crash':
    case 'set':
    case 'partition':
    case 'scale':
    case 'load':
    case 'load-factor':
      return [];
  }
}

function inRollout(
  { abortWhen }: Extract<Change, { readonly kind: 'rollout' }>,
  event: TimelineEvent,
): readonly NotExecutable[] {
  const measures = abortWhen.filter(({ measure }) => measure.of !== undefined || !isJudged(measure.statistic));
  return measures.map(({ measure }) =>
    refused('abort', event, `A rollout is not judged by \`${measure.statistic}\` yet. By \`errors\` or \`p95\` it is.`),
  );
}
