/**
 * What became of a twin's expectations over a whole recording. A live verdict is about the last window only; a replay asks
 * whether the expectation ever failed, and if not, whether it was ever seen to hold.
 */
import type { ElementId } from '@pollux/engine/model';
import type { Divergence, TwinState, TwinVerdict } from '@pollux/engine/twin';

export class ExpectationHistory {
  readonly #met = new Map<ElementId, TwinVerdict>();

  /** Looks at what holds now. */
  see({ expectations }: TwinState): void {
    for (const judged of expectations) if (judged.verdict === 'met') this.#met.set(judged.element, judged);
  }

  /** `last`: after the session was closed. A single window that fails may be chance; a breach was confirmed by the session. */
  verdicts(last: TwinState): TwinVerdict[] {
    return last.expectations.map((judged) => {
      const breach = last.divergences.find((divergence) => isBreachOf(divergence, judged.element));
      if (breach !== undefined && judged.verdict !== 'missed') {
        const { reason: _, ...rest } = judged;
        return { ...rest, verdict: 'missed', value: null, reason: 'it was breached for a while' };
      }
      return judged.verdict === 'undecided' ? (this.#met.get(judged.element) ?? judged) : judged;
    });
  }
}

function isBreachOf({ kind, element, verdict }: Divergence, expectation: ElementId): boolean {
  return kind === 'expectation-breached' && element === expectation && verdict !== 'retracted';
}
