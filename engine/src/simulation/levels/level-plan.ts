/**
 * Which levels some expectation asks for beyond their mean: `max(queue(bed))`, `p95(utilization(app))`, `saturation(Orders.threads)`.
 * Known before the run, so that one that nobody asks for costs nothing.
 */
import type { ElementId } from '../../model/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import { type LevelName, levelNames } from '../sample.ts';
import { type Pool, poolOf } from './pools.ts';

export interface AskedLevel {
  readonly element: ElementId;
  readonly name: LevelName;
  /** Of a pool even the mean is known only where it is asked for. */
  readonly pool: Pool | undefined;
}

export function levelPlan({ scenario, model }: Pick<CompiledScenario, 'scenario' | 'model'>): readonly AskedLevel[] {
  const plan: AskedLevel[] = [];
  for (const { measure } of scenario.expectations) {
    const { element, of, statistic } = measure;
    const pool = poolOf(model, element);
    const name = levelNames.find((each) => each === (of ?? statistic));
    const isMean = of === undefined || statistic === 'mean';
    if (name === undefined || (isMean && pool === undefined)) continue;
    if (!plan.some((one) => one.element === element && one.name === name)) plan.push({ element, name, pool });
  }
  return plan;
}
