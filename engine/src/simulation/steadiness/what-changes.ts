/** Whether a scenario means to change while it runs: then nothing comes to rest, and nothing that drifts is a fault. */
import type { Model, Scenario } from '../../model/index.ts';

/** In words, to follow "and"; undefined where everything stays as it is. */
export function whatChanges({ deployments, resources }: Model, scenario: Scenario): string | undefined {
  const { loads, timeline, deployment } = scenario;
  if (timeline.length > 0) return 'this scenario has changes at times';
  const isSteady = loads.every(
    ({ arrivals: { kind } }) => kind === 'poisson' || kind === 'renewal' || kind === 'closed',
  );
  if (!isSteady) return 'a load of this scenario changes all the time';
  if (resources.some(({ shifts }) => shifts.length > 0)) return 'resources come and go with their shifts';
  const scales = deployments.some(({ id, autoscales }) => id === deployment && autoscales.length > 0);
  return scales ? 'the number of replicas changes with the load' : undefined;
}
