/**
 * The what-if that answers "what should it look like right now": a scenario of the twin's deployment under the load
 * that was observed. Its simulation is what the twin predicts with.
 */
import type { ElementId, Load, Model, Scenario, Twin } from '../model/index.ts';
import type { TwinState } from './state.ts';

const SECOND = 1_000_000;
/** Short enough to be repeated while the twin runs. */
const RUN = { duration: 30 * SECOND, warmup: 5 * SECOND, replications: 5 };

interface ScenarioAtObservedLoad {
  /** The model with the scenario added. */
  readonly model: Model;
  readonly scenario: ElementId;
}

/**
 * The first scenario of the twin's deployment with its loads at the observed rates: arguments and mixes as written, loads that
 * were not observed left out. Null where there is no such scenario, or nothing of it was observed.
 */
export function scenarioAtObservedLoad(model: Model, twin: Twin, state: TwinState): ScenarioAtObservedLoad | null {
  const template = model.scenarios.find((scenario) => scenario.deployment === twin.deployment);
  if (template === undefined) return null;
  const shares = nominalShares(template.loads);
  const loads = template.loads.flatMap((load): Load[] => {
    const observed = state.figures[load.behaviour]?.rate ?? 0;
    const rate = observed * (shares.get(load.id) ?? 0);
    return rate > 0 ? [{ ...load, arrivals: { kind: 'poisson', rate } }] : [];
  });
  if (loads.length === 0) return null;
  const id = `${template.id}@observed`;
  // What the scenario does to the system on the way is a what-if, and not what is going on.
  const without = { timeline: [], expectations: [], comparedWith: [], variations: [] };
  const scenario: Scenario = { ...template, ...RUN, ...without, id, loads };
  return { model: { ...model, scenarios: [...model.scenarios, scenario] }, scenario: id };
}

/** How several loads of one behaviour share what was observed of it: by their rates, equally where one has none. */
function nominalShares(loads: readonly Load[]): ReadonlyMap<ElementId, number> {
  const rateOf = (load: Load) => (load.arrivals.kind === 'poisson' ? load.arrivals.rate : undefined);
  return new Map(
    loads.map((load) => {
      const siblings = loads.filter((other) => other.behaviour === load.behaviour);
      const rates = siblings.map(rateOf);
      const rate = rateOf(load);
      if (rate === undefined || rates.includes(undefined)) return [load.id, 1 / siblings.length];
      const total = rates.reduce<number>((sum, other) => sum + (other ?? 0), 0);
      return [load.id, total > 0 ? rate / total : 1 / siblings.length];
    }),
  );
}
