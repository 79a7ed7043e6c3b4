/** What a sweep found, in plain words. */
import type { Scenario } from '../../model/index.ts';
import { formatCount, formatInterval } from '../../numeric/index.ts';
import { isShare } from '../../property/index.ts';
import { plainFigure } from './figure-text.ts';
import type { SweepAxis, SweepPoint } from './sweep-result.ts';

export function sweepSentences(
  scenario: Scenario | undefined,
  axes: readonly SweepAxis[],
  points: readonly SweepPoint[],
  meetAll: readonly number[],
): readonly string[] {
  if (scenario === undefined || points.length === 0) return [];
  const number = (status: SweepPoint['status']): number => points.filter((point) => point.status === status).length;
  const parts = [
    `${formatCount(number('simulated'))} were simulated`,
    ...(number('pruned') > 0 ? [`${formatCount(number('pruned'))} are hopeless by formula`] : []),
    ...(number('impossible') > 0 ? [`${formatCount(number('impossible'))} cannot run`] : []),
    ...(number('not-run') > 0 ? [`${formatCount(number('not-run'))} were not run any more`] : []),
  ];
  const said = [
    `Of ${formatCount(points.length)} combinations of ${axes.map(({ text }) => text).join(' and ')} ${parts.join(', ')}.`,
  ];
  if (scenario.expectations.length === 0) return said;
  const [best] = meetAll.map((at) => points[at]);
  if (best === undefined) {
    const doubtful = points.filter(({ status, verdict }) => status === 'simulated' && verdict === 'undecided').length;
    const perhaps =
      doubtful === 0
        ? ''
        : ` Of ${formatCount(doubtful)} it is undecided: more replications or longer runs would tell.`;
    return [...said, `None of them is sure to meet every expectation.${perhaps}`];
  }
  const which = best.cost === null ? 'the first of them' : 'the cheapest of them';
  const figures = (best.result?.expectations ?? []).map(({ text, value, lower, upper, unit }) => {
    const isOfShare = isShare(text);
    const figure =
      value === null || lower === null || upper === null
        ? plainFigure(value, unit, text)
        : formatInterval(value, lower, upper, unit, isOfShare);
    return `${text}: ${figure}`;
  });
  const all = `${formatCount(meetAll.length)} ${meetAll.length === 1 ? 'meets' : 'meet'} every expectation`;
  return [...said, `${all}, ${which} with ${best.text} (${figures.join('; ')}).`];
}
