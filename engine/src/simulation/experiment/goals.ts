/** What a scenario is judged by: the measures of its expectations, or without any how long takes what is loaded. */
import type { Model, Scenario } from '../../model/index.ts';
import { plainMeasure, whyNotComputed } from '../../property/index.ts';
import type { SimulationResult } from '../result.ts';
import type { Goal } from './answers.ts';
import { measureText } from './figure-text.ts';

/** Only those that the run has a figure of; of several expectations on one measure the first that is not met. */
export function goalsOf(model: Model, scenario: Scenario, result: SimulationResult): readonly Goal[] {
  const goals = new Map<string, Goal>();
  const add = (
    element: string,
    measure: string,
    better: Goal['better'],
    verdict?: 'met' | 'missed' | 'undecided',
  ): void => {
    const text = measureText(model, element, measure);
    const found = result.measures.find((one) => one.element === element && one.measure === measure);
    const known = goals.get(text);
    if (found === undefined || (known !== undefined && known.verdict !== 'met')) return;
    const { unit, value, lower, upper } = found;
    goals.set(text, {
      element,
      measure,
      unit,
      text,
      value,
      lower,
      upper,
      better,
      ...(verdict === undefined ? {} : { verdict }),
    });
  };
  scenario.expectations.forEach(({ measure, demand }, at) => {
    if (demand.kind !== 'bound' || whyNotComputed(measure) !== undefined) return;
    const better = demand.operator === '<' || demand.operator === '<=' ? 'lower' : 'higher';
    add(measure.element, plainMeasure(measure), better, result.expectations[at]?.verdict);
  });
  if (goals.size === 0) {
    for (const { behaviour } of scenario.loads) {
      add(behaviour, 'p95', 'lower');
      add(behaviour, 'mean', 'lower');
    }
  }
  return [...goals.values()];
}
