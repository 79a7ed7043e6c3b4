/**
 * Traffic outside the model: random arrivals on each node, work of an exponential law with the mean of what the model's own
 * loads ask for there, as often as keeps the declared share of the cores busy. It competes for cores like any other work, without
 * a priority of its own.
 */
import type { Deployment, ElementId, Model, Scenario } from '../../model/index.ts';
import { durationFiller, type Filler, MILLISECOND } from '../../numeric/index.ts';
import { meanVisit, utilisations } from '../analytic/index.ts';
import type { Layout } from '../layout.ts';

/** One background load on one node instance. */
export interface BackgroundStream {
  readonly node: number;
  readonly gap: Filler;
  readonly work: Filler;
  /** Name of its random sources. */
  readonly source: string;
}

/** Where the model's own work on a node has no mean that is known before a run. */
const UNKNOWN_WORK = 10 * MILLISECOND;

export function backgroundsOf(
  model: Model,
  scenario: Scenario,
  deployment: Deployment | undefined,
  layout: Layout,
): readonly BackgroundStream[] {
  const loads = deployment?.backgrounds.filter(({ share }) => share > 0) ?? [];
  if (loads.length === 0) return [];
  const found = utilisations(model, scenario);
  const meanOn = (node: ElementId): number => {
    const own = found.find(({ element, kind }) => element === node && kind === 'cores');
    return (own === undefined ? undefined : meanVisit(own)) ?? UNKNOWN_WORK;
  };
  return loads.flatMap(({ id, node, share }) => {
    const mean = meanOn(node);
    const instances = [...layout.kindOfNode.keys()].filter((at) => layout.kinds[layout.kindOfNode[at]!] === node);
    return instances.flatMap((instance, index): BackgroundStream[] => {
      const cores = layout.coresOfNode[instance]!;
      if (cores === 0) return [];
      return [
        {
          node: instance,
          gap: durationFiller({ kind: 'exponential', mean: mean / (share * cores) }),
          work: durationFiller({ kind: 'exponential', mean }),
          source: `${id}[${index + 1}]`,
        },
      ];
    });
  });
}
