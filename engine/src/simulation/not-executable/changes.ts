/** What changes on the timeline of a scenario are not simulated yet. */
import type { Change, Deployment, ElementId, Model, TimelineEvent } from '../../model/index.ts';
import { isJudged } from '../changes/rollout-watch.ts';
import { inActions } from './actions.ts';
import { type NotExecutable, refused } from './entry.ts';

/** Loads of the timeline are looked at with the others. */
export function inChange(
  event: TimelineEvent,
  model: Model,
  deployment: Deployment | undefined,
): readonly NotExecutable[] {
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
    case 'set':
      return change.parameter.name === 'connections'
        ? [refused('at … set', event, '`connections` cannot be set during a run yet. `threads` and `queue` can.')]
        : [];
    case 'rollout':
      return inRollout(change, event, model, deployment);
    case 'send':
      return inActions([change.action], event, 'machine');
    case 'crash':
    case 'partition':
    case 'scale':
    case 'load':
    case 'load-factor':
      return [];
  }
}

function inRollout(
  { component, version, abortWhen }: Extract<Change, { readonly kind: 'rollout' }>,
  event: TimelineEvent,
  model: Model,
  deployment: Deployment | undefined,
): readonly NotExecutable[] {
  const measures = abortWhen.filter(({ measure }) => measure.of !== undefined || !isJudged(measure.statistic));
  const brought = model.components.find(({ id }) => id === component)?.versions.find(({ name }) => name === version);
  return [
    ...measures.map(({ measure }) =>
      refused(
        'abort',
        event,
        `A rollout is not judged by \`${measure.statistic}\` yet. By \`errors\` or \`p95\` it is.`,
      ),
    ),
    ...((brought?.requires.length ?? 0) > 0 && !runsAlready(deployment, component, version)
      ? [
          refused(
            'requires',
            event,
            `What version "${version}" requires is not brought in by a rollout yet. A deployment of that version has it.`,
          ),
        ]
      : []),
  ];
}

/** All its replicas begin in that version. */
function runsAlready(deployment: Deployment | undefined, component: ElementId, version: string): boolean {
  const places = [...(deployment?.nodes.flatMap(({ deploys }) => deploys) ?? []), ...(deployment?.spreads ?? [])];
  return places.every((place) => place.component !== component || place.version === version);
}
