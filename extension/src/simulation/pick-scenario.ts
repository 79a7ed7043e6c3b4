/** Lets the person pick one of the model's scenarios. */
import type { ElementId, Model, Scenario } from '@pollux/engine/model';
import { pickElement } from '../pick-element.ts';

export async function pickScenario(model: Model, id: ElementId | undefined): Promise<Scenario | null> {
  return pickElement(model.scenarios, {
    ...(id === undefined ? {} : { id }),
    placeholder: 'Which scenario?',
    none: 'The model has no scenario: write one, for example `scenario Weekday of Production { … }`.',
    alwaysAsk: true,
    detail: (scenario) =>
      `${scenario.loads.length} loads, ${scenario.replications} replications, ${scenario.expectations.length} expectations, seed ${scenario.seed}`,
  });
}
