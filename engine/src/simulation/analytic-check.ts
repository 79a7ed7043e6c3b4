/**
 * Simulated figures beside what a formula says exactly: a run that disagrees with it beyond chance is too short, or wrong. Looks only
 * where a form applies without approximation.
 */
import type { ElementId } from '../model/index.ts';
import { formatInterval, formatValue } from '../numeric/index.ts';
import { isShare } from '../property/index.ts';
import { analyse, type Form, solvedPercentiles } from './analytic/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { Estimate } from './estimate.ts';
import type { Finding } from './result.ts';

interface ExactFigure {
  readonly element: ElementId;
  readonly measure: string;
  /** In the unit of the measure. */
  readonly value: number;
  readonly form: Form;
}

/** Of many figures, one in twenty lies outside its 95 % interval: three times as wide, hardly any. */
const BEYOND_CHANCE = 3;
/** And so far off a figure is no matter to anybody. */
const NEGLIGIBLE = 0.005;

export function exactFigures({ model, scenario }: CompiledScenario): readonly ExactFigure[] {
  const { stations, behaviours } = analyse(model, scenario);
  const ofStations = stations.flatMap(({ element, kind, exact, form, utilisation, queue, wait }): ExactFigure[] => {
    if (kind !== 'cores' || !exact || form === null || queue === null || wait === null) return [];
    return Object.entries({ utilization: utilisation.low, queue, wait }).map(([measure, value]) => ({
      element,
      measure,
      value,
      form,
    }));
  });
  const ofBehaviours = behaviours.flatMap(
    ({ element, load, exact, form, throughput, response, percentiles }): ExactFigure[] => {
      // Of several loads of one behaviour only all together are measured.
      const isAlone = behaviours.every((other) => other.load === load || other.element !== element);
      if (!exact || form === null || !isAlone) return [];
      const rate: ExactFigure = { element, measure: 'throughput', value: throughput.low, form };
      // A line that only grows has a throughput, but no mean that it comes to rest at.
      if (response.high === null) return [rate];
      const known = solvedPercentiles.flatMap((measure) =>
        percentiles === undefined ? [] : { element, measure, value: percentiles[measure], form },
      );
      return [rate, { element, measure: 'mean', value: response.low, form }, ...known];
    },
  );
  return [...ofStations, ...ofBehaviours];
}

export function disagreements(
  figures: readonly ExactFigure[],
  estimateOf: (element: ElementId, measure: string) => Estimate | null,
): readonly Finding[] {
  return figures.flatMap(({ element, measure, value, form }): Finding[] => {
    const found = estimateOf(element, measure);
    if (found === null || found.value === null || found.lower === null || found.upper === null) return [];
    // An interval need not be as wide above its figure as below.
    const half = value > found.value ? found.upper - found.value : found.value - found.lower;
    if (Math.abs(found.value - value) <= Math.max(BEYOND_CHANCE * half, NEGLIGIBLE * value)) return [];
    const share = isShare(measure);
    const simulated = formatInterval(found.value, found.lower, found.upper, found.unit, share);
    const name = element.slice(element.lastIndexOf('.') + 1);
    const message = `${measure} of ${name} was ${simulated}, but is exactly ${formatValue(value, found.unit, share)} in the long run (${form}). A longer run or warm-up forgets how it began; if that does not help, one of the two is wrong.`;
    return [{ code: 'disagrees-with-formula', severity: 'warning', element, message }];
  });
}
