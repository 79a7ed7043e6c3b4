/** What a scenario expects, against what was simulated: met, missed, or undecided with the reason. */
import type { ElementId, Expectation } from '../model/index.ts';
import { SECOND } from '../numeric/index.ts';
import { judge, measureNamed } from '../property/index.ts';
import { type Estimate, TAIL_EVENTS, withSketchError } from './estimate.ts';
import type { JudgedExpectation } from './result.ts';

export function judgeExpectations(
  expectations: readonly Expectation[],
  estimateOf: (element: ElementId, statistic: string) => Estimate | null,
  replications: number,
): readonly JudgedExpectation[] {
  return expectations.map((expectation) => {
    const { id, text, place, measure, demand } = expectation;
    const unit = measureNamed(measure.statistic)?.unit ?? '1';
    const line = place.start.line + 1;
    const found = estimateOf(measure.element, measure.statistic);
    const { value, lower, upper } =
      found === null ? { value: null, lower: null, upper: null } : withSketchError(measure.statistic, found);
    const common = { element: id, text, line, value, lower, upper, unit };
    if (demand.kind === 'simulation') {
      const reason = 'A scenario is the simulation: there is nothing to compare it with.';
      return { ...common, verdict: 'undecided', bound: demand.tolerance, reason };
    }
    const bound = unit === 's' ? demand.bound / SECOND : demand.bound;
    const verdict = judge(value, lower, upper, { operator: demand.operator, bound });
    if (verdict !== 'undecided') return { ...common, verdict, bound };
    return { ...common, verdict, bound, reason: reasonFor(found, replications, measure.statistic) };
  });
}

function reasonFor(found: Estimate | null, replications: number, statistic: string): string {
  if (found === null) return 'The scenario never reaches this element.';
  if (replications === 0) return 'No replication was finished.';
  if (found.status === 'not-estimable') {
    return found.samples === 0
      ? 'Nothing was observed.'
      : `${found.samples} occurrences are too few: ${statistic} wants ${TAIL_EVENTS} beyond it.`;
  }
  if (found.lower === null) return 'One replication gives no interval: run at least two.';
  return 'The interval spans the bound: more replications or a longer run narrow it.';
}
