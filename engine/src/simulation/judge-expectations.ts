/** What a scenario expects, against what was simulated: met, missed, or undecided with the reason. */
import type { ElementId, Expectation } from '../model/index.ts';
import { formatCount, SECOND } from '../numeric/index.ts';
import {
  type BoundDemand,
  judge,
  measureNamed,
  partsOfMeasure,
  plainMeasure,
  whyNotComputed,
} from '../property/index.ts';
import { type Estimate, pooledOf, quantileOf, TAIL_EVENTS, withSketchError } from './estimate.ts';
import { isLevelName } from './level-estimate.ts';
import type { JudgedExpectation } from './result.ts';
import type { Measured } from './subjects.ts';
import { type Unfinished, unfinishedOf, withUnfinished } from './unfinished.ts';

/** The verdict on an expectation `in every d`. */
type InWindows = (
  expectation: Expectation,
  statistic: string,
  demand: BoundDemand,
) => Pick<JudgedExpectation, 'verdict' | 'value' | 'lower' | 'upper' | 'window' | 'reason'>;

export function judgeExpectations(
  expectations: readonly Expectation[],
  estimateOf: (element: ElementId, statistic: string) => Estimate | null,
  measured: ReadonlyMap<ElementId, Measured>,
  replications: number,
  inWindows: InWindows,
): readonly JudgedExpectation[] {
  return expectations.map((expectation) => {
    const { id, text, place, measure, demand } = expectation;
    const statistic = plainMeasure(measure);
    const unit = measureNamed(measure.of ?? statistic)?.unit ?? '1';
    const line = place.start.line + 1;
    const missing = notJudged(measure);
    const found = missing === undefined ? estimateOf(measure.element, statistic) : null;
    const shown = found === null ? null : withSketchError(statistic, found);
    const { value, lower, upper } = shown ?? { value: null, lower: null, upper: null };
    const common = { element: id, text, line, value, lower, upper, unit };
    if (demand.kind === 'simulation') {
      const reason = 'A scenario is the simulation: there is nothing to compare it with.';
      return { ...common, verdict: 'undecided', bound: demand.tolerance, reason };
    }
    const bound = unit === 's' ? demand.bound / SECOND : demand.bound;
    if (missing !== undefined) return { ...common, verdict: 'undecided', bound, reason: missing };
    const limit = { operator: demand.operator, bound };
    if (expectation.inEvery !== undefined) return { ...common, bound, ...inWindows(expectation, statistic, limit) };
    const verdict = judge(value, lower, upper, limit);
    const { samples } = measured.get(measure.element) ?? { samples: [] };
    const unfinished = unfinishedOf(statistic, samples);
    if (shown === null || verdict === 'undecided') {
      const reason = reasonFor(found, unfinished, replications, statistic);
      return { ...common, verdict, bound, reason };
    }
    const worst = withUnfinished(statistic, shown, unfinished, pooledOf(statistic, samples));
    if (judge(value, worst.lower, worst.upper, limit) === verdict) return { ...common, verdict, bound };
    return { ...common, verdict: 'undecided', bound, reason: cutOff(unfinished) };
  });
}

function notJudged(measure: Expectation['measure']): string | undefined {
  const missing = whyNotComputed(measure);
  return missing === undefined ? undefined : `Not computed yet: ${missing}.`;
}

function cutOff({ missing, began }: Unfinished): string {
  const [some, all] = [formatCount(missing), formatCount(began)];
  return `${some} of the ${all} that began had not ended or were refused: they could turn the verdict.`;
}

function reasonFor(found: Estimate | null, { began }: Unfinished, replications: number, statistic: string): string {
  if (found === null) {
    return statistic === 'cost'
      ? 'Nothing in the deployment has a price, such as `cost app 0.12/h`.'
      : 'The scenario never reaches this element.';
  }
  if (replications === 0) return 'No replication was finished.';
  if (found.status === 'not-estimable') {
    if (found.samples === 0) {
      return began === 0 ? 'Nothing was observed.' : `None of the ${formatCount(began)} that began ended well in time.`;
    }
    const { statistic: summary, of } = partsOfMeasure(statistic);
    if (isLevelName(of ?? summary) && quantileOf(summary) === null) return 'There is no limit to it in this scenario.';
    if (found.lower !== null)
      return 'Times in one line come and go together: more replications or a longer run tell it.';
    return `${found.samples} occurrences are too few: ${statistic} wants ${TAIL_EVENTS} beyond it.`;
  }
  if (found.lower === null) return 'One replication gives no interval: run at least two.';
  return 'The interval spans the bound: more replications or a longer run narrow it.';
}
