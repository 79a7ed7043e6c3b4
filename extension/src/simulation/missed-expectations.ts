/** The expectations that a run missed, as sentences for the lines they stand on. Knows nothing of VS Code. */
import type { ElementId } from '@pollux/engine/model';
import { formatInterval, formatValue } from '@pollux/engine/numeric';
import { isShare, worstWindowText } from '@pollux/engine/property';
import type { JudgedExpectation, SimulationResult } from '@pollux/engine/simulation';

export interface MissedExpectation {
  readonly element: ElementId;
  /** `missed` is wrong, `undecided` wants more replications. */
  readonly verdict: 'missed' | 'undecided';
  readonly message: string;
}

export function missedExpectations(result: SimulationResult, scenario: string): MissedExpectation[] {
  return result.expectations.flatMap((expectation) =>
    expectation.verdict === 'met'
      ? []
      : [{ element: expectation.element, verdict: expectation.verdict, message: sentence(expectation, scenario) }],
  );
}

function sentence(expectation: JudgedExpectation, scenario: string): string {
  const { text, verdict, value, lower, upper, unit, reason } = expectation;
  const none = lower === null ? 'there is no figure' : `it is at least ${formatValue(lower, unit, isShare(text))}`;
  const found =
    value === null ? none : `it is ${formatInterval(value, lower ?? value, upper ?? value, unit, isShare(text))}`;
  // Where it is undecided the reason says in which window.
  const where = reason === undefined ? worstWindowText(expectation) : '';
  const because = reason === undefined ? '' : `; ${reason}`;
  return `${text} is ${verdict} in ${scenario}: ${found}${where === '' ? '' : ` ${where}`}${because}.`;
}
