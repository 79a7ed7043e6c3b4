/** The simplest experiment: one scenario, as its text says. */
import type { ElementId, Model } from '../../model/index.ts';
import type { SimulationOptions } from '../compile-scenario.ts';
import { impossible } from '../impossible.ts';
import type { SimulationResult } from '../result.ts';
import { compileVariant, type Experiment, type Round, type RoundResults, type Variant } from './experiment.ts';
import { replicate } from './replicate.ts';
import { trialOf } from './trial-of.ts';

/** A scenario that cannot run yields a result of no replications with the findings that say why. */
export function simulation(
  model: Model,
  scenario: ElementId,
  options: SimulationOptions = {},
): Experiment<SimulationResult> {
  const models = [model];
  const variant: Variant = { model: 0, scenario, settings: [], seed: options.seed };
  function* rounds(): Generator<Round, SimulationResult, RoundResults> {
    const { value, problems } = compileVariant(models, variant);
    if (value === null) return impossible(model, scenario, options.seed, problems);
    const trial = trialOf(variant, value, options.replications);
    const ledger = { label: '', done: 0, planned: trial.replications };
    const { trials } = yield* replicate(models, [trial], ledger);
    return trials[0]?.result ?? impossible(model, scenario, options.seed, []);
  }
  return { models, rounds: rounds() };
}
