/** Which activities a scenario runs: those that loads begin and those that others invoke, with what their actions ask of the rest of the model. */
import type { ActionNode, Activity, ActivityNode, ElementId, Model } from '../../model/index.ts';

/** Every node of an activity, at whatever depth. */
export function nodesIn(nodes: readonly ActivityNode[]): readonly ActivityNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'structured' || node.kind === 'interruptible' ? [node, ...nodesIn(node.nodes)] : [node],
  );
}

/** In the order in which they are reached, those given first. */
export function reachedActivities(model: Model, from: readonly ElementId[]): readonly Activity[] {
  const found = new Set<Activity>();
  const add = (id: ElementId): void => {
    const activity = model.activities.find((each) => each.id === id);
    if (activity === undefined || found.has(activity)) return;
    found.add(activity);
    for (const { work } of actionsOf(activity)) if (work.kind === 'invoke') add(work.behaviour);
  };
  from.forEach(add);
  return [...found];
}

export function actionsOf({ nodes }: Pick<Activity, 'nodes'>): readonly ActionNode[] {
  return nodesIn(nodes).filter((node) => node.kind === 'action');
}
