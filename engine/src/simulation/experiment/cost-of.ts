/** What a deployment costs a second, by the prices that its text has. */
import type { Model, Scenario } from '../../model/index.ts';
import { replicasOf } from '../analytic/placements.ts';
import { deploymentOf } from './current-value.ts';

/** Of a node each, of a component each replica, of a resource each; null where nothing has a price. */
export function costOf(model: Model, scenario: Scenario): number | null {
  const deployment = deploymentOf(model, scenario);
  if (deployment === undefined || deployment.costs.length === 0) return null;
  return deployment.costs.reduce((sum, { subject, rate }) => {
    const count =
      deployment.nodes.find(({ id }) => id === subject)?.count ??
      model.resources.find(({ id }) => id === subject)?.count ??
      replicasOf(deployment, subject);
    return sum + rate * count;
  }, 0);
}
