/** What replicas of a component have and are limited to, wherever a model says so. Knows nothing of which of them come to run. */
import type { Capacity, ElementId, Expression, Model } from '../../model/index.ts';
import type { CostVariants } from './cost-variants.ts';

/** Components with a limit of that kind, of their own, in a version, or where some deployment places them. */
export function withLimit(model: Model, limit: 'threads' | 'connections'): ReadonlySet<ElementId> {
  return new Set(
    model.components.flatMap(({ id }) =>
      capacitiesOf(model, id).some((capacity) => capacity[limit] !== undefined) ? [id] : [],
    ),
  );
}

/** As it is written, in its versions, and wherever it is placed. */
export function capacitiesOf({ components, deployments }: Model, id: ElementId): readonly Capacity[] {
  const own = components.find((component) => component.id === id);
  const placed = deployments.flatMap(({ nodes, spreads }) => [...nodes.flatMap(({ deploys }) => deploys), ...spreads]);
  return [...(own === undefined ? [] : [own, ...own.versions]), ...placed.filter(({ component }) => component === id)];
}

/** What queues for threads go by: of components, of their versions, and where they are deployed. */
export function queuePrioritiesIn(model: Model, variants: CostVariants): ReadonlyMap<ElementId, readonly Expression[]> {
  return new Map(
    model.components.map(({ id }) => {
      const queues = [...capacitiesOf(model, id), ...inVersions(variants, id)].map(({ queue }) => queue?.discipline);
      const orders = queues.flatMap((discipline) => (discipline?.kind === 'priority' ? [discipline.priority] : []));
      return [id, [...new Set(orders)]];
    }),
  );
}

/** A version keeps what it does not change of the component as it is written, which the model may not run. */
export function inVersions({ versions }: CostVariants, id: ElementId): readonly Capacity[] {
  return (versions.get(id) ?? []).map(({ component }) => component);
}
