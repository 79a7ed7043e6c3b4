/** An activity of one action: what a state does, and what a batch is for, as the small activity that the driver runs. */
import type { ActionNode, Activity, ActivityEdge, Element, ElementId, Variable } from '../../model/index.ts';

/** `written`: what it is called, and where it stands in the text. `parameters`: what its action may read. */
export function oneStepActivity(
  id: ElementId,
  { name, place, label }: Pick<Element, 'name' | 'place' | 'label'>,
  parameters: readonly Variable[],
  action: Pick<ActionNode, 'uses' | 'work'>,
): Activity {
  const element = (suffix: string) => ({ id: `${id}${suffix}`, name, place, label });
  const edge = (from: string, to: string): ActivityEdge => ({
    ...element(`${from}->${to}`),
    kind: 'edge',
    source: `${id}${from}`,
    target: `${id}${to}`,
    isElse: false,
    effect: [],
  });
  return {
    ...element(''),
    kind: 'activity',
    parameters: parameters.map(({ initial: _, ...variable }) => variable),
    variables: [],
    partitions: [],
    nodes: [
      { ...element('/begin'), kind: 'initial' },
      { ...element('/step'), kind: 'action', ...action },
      { ...element('/end'), kind: 'activity-final' },
    ],
    edges: [edge('/begin', '/step'), edge('/step', '/end')],
  };
}
