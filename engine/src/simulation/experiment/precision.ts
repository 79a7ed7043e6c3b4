/**
 * Sequential stopping: how many replications a wanted precision takes. Relative precision as in Law, "Simulation Modeling and Analysis",
 * 5th ed., 9.4.1: the half-width of the interval over the value is held against γ / (1 + γ), so that the value is off by at most γ of
 * the truth. It looks at widths only, never at verdicts: to stop once a verdict is right would make it wrong too often.
 */
import { plainMeasure } from '../../property/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { MeasuredValue, SimulationResult } from '../result.ts';

export interface Precision {
  /** Replications at most. */
  readonly most: number;
  /** Fraction of the value, above 0. */
  readonly within: number;
}

/**
 * The widest of what counts: the measures of all expectations, or without any the mean response time of each load. Relative to the
 * value, or to the bound of its expectation where that is greater; an `availability` counts by what is missing to 1, as `errors` do.
 * Infinity where one has no interval yet.
 */
export function widestHalf({ scenario }: CompiledScenario, result: SimulationResult): number {
  const { expectations, loads } = scenario;
  const measured = (element: string, name: string): MeasuredValue | undefined =>
    result.measures.find((one) => one.element === element && one.measure === name);
  let widest = 0;
  expectations.forEach(({ measure }, at) => {
    const judged = result.expectations[at];
    if (judged === undefined) return;
    const found = measured(measure.element, plainMeasure(measure)) ?? judged;
    // What nobody computes, more runs do not bring.
    if (found.value === null && judged.reason?.startsWith('Not computed') === true) return;
    const isMissing = measure.statistic === 'availability';
    widest = Math.max(widest, relativeHalf(found, judged.bound, isMissing));
  });
  if (expectations.length === 0) {
    for (const { behaviour } of loads) {
      const mean = measured(behaviour, 'mean');
      if (mean !== undefined) widest = Math.max(widest, relativeHalf(mean, 0, false));
    }
  }
  return widest;
}

function relativeHalf(
  { value, lower, upper }: Pick<MeasuredValue, 'value' | 'lower' | 'upper'>,
  bound: number,
  isMissing: boolean,
): number {
  if (value === null || lower === null || upper === null) return Number.POSITIVE_INFINITY;
  const half = (upper - lower) / 2;
  const scale = isMissing ? Math.max(1 - value, 1 - bound) : Math.max(Math.abs(value), Math.abs(bound));
  return half === 0 ? 0 : half / scale;
}

/** How many replications to have next: as many as the spread seen so far makes likely to do, at most twice as many. */
export function replicationsFor(widest: number, { most, within }: Precision, done: number): number {
  const wanted = within / (1 + within);
  if (widest <= wanted || done >= most) return done;
  const ratio = widest / wanted;
  const likely = Number.isFinite(ratio) ? Math.ceil(done * ratio * ratio) : 2 * done;
  return Math.min(most, Math.max(done + 1, Math.min(2 * done, likely)));
}
