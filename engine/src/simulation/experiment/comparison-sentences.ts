/** What differs between two runs, in plain words: what is expected first, else the response times of what is loaded. */
import type { Model } from '../../model/index.ts';
import { formatFigure } from '../../numeric/index.ts';
import { plainMeasure } from '../../property/index.ts';
import type { Difference } from './comparison-result.ts';
import { amountText, differenceText, measureText, plainFigure } from './figure-text.ts';
import type { TrialResults } from './replicate.ts';

/** From here on a ratio says more than a difference. */
const MANY_TIMES = 1.5;

export function comparisonSentences(
  model: Model,
  changed: TrialResults,
  before: TrialResults,
  differences: readonly Difference[],
): readonly string[] {
  const { scenario } = changed.compiled;
  const wanted = scenario.expectations.map(({ measure }) => `${plainMeasure(measure)}(${measure.element})`);
  const usual = scenario.loads.flatMap(({ behaviour }) => [
    `mean(${behaviour})`,
    `p95(${behaviour})`,
    `errors(${behaviour})`,
  ]);
  const order = [...new Set(wanted.length > 0 ? wanted : usual)];
  const told = order.flatMap((key) => {
    const found = differences.find(({ element, measure }) => `${measure}(${element})` === key);
    return found === undefined || (found.value === 0 && found.baseline === 0) ? [] : [sentence(model, found)];
  });
  const turned = changed.result.expectations.flatMap(({ text, verdict }) => {
    const other = before.result.expectations.find((one) => one.text === text);
    if (other === undefined || other.verdict === verdict) return [];
    return [`${text} is ${verdict} with ${scenario.name}, and ${other.verdict} with ${before.compiled.scenario.name}.`];
  });
  return [...told, ...turned];
}

function sentence(model: Model, one: Difference): string {
  const { element, measure, unit, value, baseline, difference, ratio, verdict } = one;
  const what = measureText(model, element, measure);
  const change = `${what} goes from ${plainFigure(baseline, unit, measure)} to ${plainFigure(value, unit, measure)}`;
  const by = amountText(difference, unit, measure);
  switch (verdict) {
    case 'better':
    case 'worse':
    case 'higher':
    case 'lower':
      return `${change}: ${verdict} by ${by}${timesText(ratio.value)}.`;
    case 'no-difference':
      return difference.value === 0 && difference.lower === 0
        ? `${what} is the same in both: ${plainFigure(value, unit, measure)} in every pair.`
        : `${what} shows no difference that matters: ${differenceText(difference, unit, measure)} around ${plainFigure(baseline, unit, measure)}.`;
    case 'undecided':
      return difference.lower === null
        ? `${change}, but there is no interval to judge that by.`
        : `${what} may or may not differ: by ${differenceText(difference, unit, measure)}. More or longer replications narrow it.`;
  }
}

function timesText(ratio: number | null): string {
  if (ratio === null || ratio <= 0) return '';
  if (ratio >= MANY_TIMES) return `, ${formatFigure(ratio)} times as much`;
  return ratio <= 1 / MANY_TIMES ? `, ${formatFigure(1 / ratio)} times less` : '';
}
