/** Where the model itself stands among the points of a sweep. Pure. */
import type { Model } from '@pollux/engine/model';
import type { SimulationResult, SweepResult } from '@pollux/engine/simulation';
import { currentValue } from '@pollux/engine/simulation/experiment';

/** By axis: the position of the model's own value; null where it is none of those that were tried. */
export function ownPoint(sweep: SweepResult, model: Model | null): readonly (number | null)[] {
  const scenario = model?.scenarios.find(({ id }) => id === sweep.scenario);
  if (model === null || scenario === undefined) return [];
  return sweep.axes.map(({ parameter, values }) => {
    const own = currentValue(model, scenario, parameter);
    const at = values.findIndex(({ value }) => value === own);
    return at < 0 ? null : at;
  });
}

/** The run that stands for a sweep: of the model as it is, else of the first point that was simulated; null where none was. */
export function runOfSweep(sweep: SweepResult, model: Model): SimulationResult | null {
  const own = ownPoint(sweep, model);
  const here = sweep.points.find(
    ({ at, result }) => result !== undefined && at.every((each, axis) => each === own[axis]),
  );
  return here?.result ?? sweep.points.find(({ result }) => result !== undefined)?.result ?? null;
}
