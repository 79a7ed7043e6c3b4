/** The twin's expectations over their windows: a verdict each, and a divergence where one is missed persistently. */
import type { Expectation } from '../model/index.ts';
import { formatValue } from '../numeric/index.ts';
import type { EpochMicroseconds } from '../observation/index.ts';
import { isShare, judgeObserved, type ObservedVerdict } from '../property/index.ts';
import type { Contradiction, DivergenceLog } from './divergence-log.ts';
import type { FigureBook } from './figure-book.ts';
import type { Prediction } from './prediction.ts';
import type { TwinVerdict } from './state.ts';

const SECOND = 1_000_000;
/** Evaluations in a row before a divergence opens, and before it is resolved. */
const OPENS = 2;
const CLEARS = 3;

interface Watched {
  readonly expectation: Expectation;
  latest: ObservedVerdict | undefined;
  missed: number;
  fine: number;
}

export class ExpectationWatch {
  readonly #watched: readonly Watched[];
  readonly #log: DivergenceLog;
  readonly #seconds: number;

  /** `seconds`: the window, for expectations that do not say `over`. */
  constructor(expectations: readonly Expectation[], seconds: number, log: DivergenceLog) {
    this.#watched = expectations.map((expectation) => ({ expectation, latest: undefined, missed: 0, fine: 0 }));
    this.#seconds = seconds;
    this.#log = log;
  }

  evaluate(now: EpochMicroseconds, book: FigureBook, prediction: Prediction | undefined): void {
    for (const watched of this.#watched) {
      const { expectation } = watched;
      const { element, statistic } = expectation.measure;
      const seconds = expectation.over === undefined ? this.#seconds : expectation.over / SECOND;
      const observed = book.sample(element, now, seconds);
      if (observed === undefined) continue;
      const latest = judgeObserved(expectation, observed, prediction?.of(element, statistic));
      watched.latest = latest;
      const isMissed = latest.verdict === 'missed';
      watched.missed = isMissed ? watched.missed + 1 : 0;
      watched.fine = isMissed || observed.sample.count === 0 ? 0 : watched.fine + 1;
      if (watched.missed >= OPENS) this.#open(watched, latest, observed.sample.count, now);
      else if (watched.fine >= CLEARS) this.#log.clear(contradictionOf(expectation), now);
    }
  }

  verdicts(): TwinVerdict[] {
    return this.#watched.map(({ expectation, latest }) => {
      const { id: element, text } = expectation;
      if (latest === undefined) {
        const reason = 'nothing of it was observed yet';
        return { element, text, verdict: 'undecided', value: null, unit: '', reason };
      }
      const { verdict, value, unit, reason } = latest;
      return { element, text, verdict, value, unit, ...(reason === undefined ? {} : { reason }) };
    });
  }

  #open({ expectation }: Watched, latest: ObservedVerdict, count: number, now: EpochMicroseconds): void {
    const { value, unit, bound } = latest;
    const predicted = expectation.demand.kind === 'simulation' && bound !== null;
    const compared = predicted ? `, predicted ${formatValue(bound, unit, isShare(expectation.text))}` : '';
    const figures = [
      { name: 'observed', value: value ?? 0, unit },
      ...(bound === null ? [] : [{ name: predicted ? 'predicted' : 'bound', value: bound, unit }]),
      { name: 'occurrences', value: count, unit: '1' },
    ];
    const contradiction: Contradiction = {
      ...contradictionOf(expectation),
      scope: expectation.id,
      enough: 1,
      sentence: () =>
        `${expectation.text} does not hold: it is ${formatValue(value ?? 0, unit, isShare(expectation.text))}${compared}`,
    };
    this.#log.lasts(contradiction, { time: now, figures }, count, count);
  }
}

function contradictionOf(expectation: Expectation): Pick<Contradiction, 'kind' | 'element' | 'detail'> {
  return { kind: 'expectation-breached', element: expectation.id, detail: '' };
}
