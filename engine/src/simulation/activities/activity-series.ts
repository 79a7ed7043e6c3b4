/** Which activities, nodes and resources are followed over time, and where they stand among the tallies of a replication. */
import type { ElementId } from '../../model/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import { firstActivityTally } from './activity-subjects.ts';
import { NodeTable } from './node-table.ts';

/** Activities first, then those of their nodes in which time passes: invocations, and visits. What runs in states of machines has no name. */
export function activitySeries({
  activities,
  model,
  program,
}: CompiledScenario): readonly { readonly element: ElementId; readonly indices: readonly number[] }[] {
  const table = new NodeTable(activities, model.resources.length);
  const first = firstActivityTally(program);
  const named = activities.activities.filter(({ id }) => model.activities.some((each) => each.id === id));
  return [
    ...named.map(({ id, index }) => ({
      element: id,
      indices: [first + table.invoked(index), first + table.loaded(index)],
    })),
    ...named.flatMap(({ index, nodes }) =>
      nodes.flatMap(({ id }, position) => {
        const node = table.node(index, position);
        return table.lasts[node] === 1 ? [{ element: id, indices: [first + table.visit(node)] }] : [];
      }),
    ),
  ];
}

/** Those that somebody asks for; `resource`: its number; `index`: where those who wait for it are counted. */
export function resourceSeries({
  activities,
  model,
  program,
}: CompiledScenario): readonly { readonly element: ElementId; readonly resource: number; readonly index: number }[] {
  const table = new NodeTable(activities, model.resources.length);
  const first = firstActivityTally(program);
  const used = new Set(activities.claims.flatMap(({ uses }) => uses.map(({ resource }) => resource)));
  return model.resources.flatMap(({ id }, resource) =>
    used.has(resource) ? [{ element: id, resource, index: first + table.resource(resource) }] : [],
  );
}
