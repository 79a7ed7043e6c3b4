/** What the deployment of a scenario costs: each node, replica and resource for the time that it is there. */
import type { Cost, ElementId } from '../model/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { MeasuredFigures } from './run-replication.ts';
import { nothingOf, type Subject } from './sample.ts';

/** What is measured of no element but of the whole. */
export const WHOLE: ElementId = '';

/** None where nothing has a price. */
export function costSubject({ model, scenario, layout }: CompiledScenario): readonly Subject[] {
  const costs = model.deployments.find(({ id }) => id === scenario.deployment)?.costs ?? [];
  if (costs.length === 0) return [];
  const numberOf = ({ subject }: Cost, { present, resources }: MeasuredFigures): number => {
    const kind = layout.kinds.indexOf(subject);
    if (kind >= 0) return sum([...present.nodes].filter((_, node) => layout.kindOfNode[node] === kind));
    const resource = model.resources.findIndex(({ id }) => id === subject);
    if (resource >= 0) return resources.present[resource] ?? model.resources[resource]!.count;
    return sum([...(layout.replicasOf.get(subject) ?? [])].map((replica) => present.replicas[replica]!));
  };
  return [
    {
      element: WHOLE,
      kind: 'whole',
      timed: [],
      roundTrips: [],
      laws: [],
      sample(result) {
        const sample = nothingOf(result);
        return { ...sample, cost: sum(costs.map((cost) => cost.rate * numberOf(cost, result))) * sample.seconds };
      },
    },
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
