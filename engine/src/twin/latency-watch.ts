/**
 * Messages that take longer than the simulation predicts. Looks at the newest calls only, so that it notices within
 * seconds; asks for an effect that matters and lasts, so that it does not cry wolf. Where a nested message explains
 * most of it, only the innermost is reported.
 */
import type { ElementId } from '../model/index.ts';
import { formatInterval, formatSeconds } from '../numeric/index.ts';
import type { EpochMicroseconds } from '../observation/index.ts';
import { type Estimate, quantileRanks } from '../property/index.ts';
import type { Contradiction, DivergenceLog } from './divergence-log.ts';
import type { ModelNames } from './model-names.ts';
import type { Prediction } from './prediction.ts';
import { RecentTimes } from './recent-times.ts';

const SECOND = 1_000_000;
/** Calls older than this are not looked at, microseconds. */
const WINDOW = 5 * SECOND;
/** The newest so many calls decide; at least `ENOUGH`. */
const NEWEST = 16;
const ENOUGH = 10;
/** Beyond the predicted median by this share and by this many seconds. */
const EFFECT = { opens: 0.5, clears: 0.3, least: 0.02 };
/** The window's median speaks for all of it where it has come this close to that of the newest calls. */
const SETTLED = 0.8;
/** Evaluations in a row, each with new calls. */
const PERSISTENT = 2;
/** A nested message with this share of the excess explains it. */
const EXPLAINS = 0.5;

interface Watched {
  readonly times: RecentTimes;
  evaluated: number;
  beyond: number;
  within: number;
  isOpen: boolean;
  /** Seconds that the newest calls' median lies above the predicted one; 0 where that does not matter. */
  excess: number;
  median: number;
}

export class LatencyWatch {
  readonly #names: ModelNames;
  readonly #log: DivergenceLog;
  readonly #watched = new Map<ElementId, Watched>();

  constructor(names: ModelNames, log: DivergenceLog) {
    this.#names = names;
    this.#log = log;
  }

  /** A call of `message` that ended at `time` took `duration` microseconds. */
  observe(message: ElementId, time: EpochMicroseconds, duration: number, traceId: string): void {
    let watched = this.#watched.get(message);
    if (watched === undefined) {
      watched = { times: new RecentTimes(), evaluated: 0, beyond: 0, within: 0, isOpen: false, excess: 0, median: 0 };
      this.#watched.set(message, watched);
    }
    watched.times.add(time, duration, traceId);
  }

  evaluate(now: EpochMicroseconds, prediction: Prediction): void {
    for (const [message, watched] of this.#watched) {
      const predicted = prediction.of(message, 'p50');
      if (predicted !== undefined) this.#compare(watched, predicted, now);
    }
    for (const [message, watched] of this.#watched) {
      const predicted = prediction.of(message, 'p50');
      if (predicted === undefined) continue;
      if (watched.isOpen ? watched.within >= PERSISTENT : watched.beyond < PERSISTENT) {
        if (watched.isOpen) this.#log.clear(contradictionOf(message), now);
        watched.isOpen = false;
      } else if (this.#explainedInside(message, watched)) {
        if (watched.isOpen) this.#log.retract(contradictionOf(message));
        watched.isOpen = false;
      } else {
        watched.isOpen = true;
        if (watched.beyond > 0) this.#report(message, watched, predicted, now);
      }
    }
  }

  #compare(watched: Watched, predicted: Estimate, now: EpochMicroseconds): void {
    if (watched.times.total === watched.evaluated) return;
    const newest = watched.times.newest(NEWEST, now - WINDOW);
    if (newest.length < ENOUGH) return;
    watched.evaluated = watched.times.total;
    const ranks = quantileRanks(newest.length, 0.5);
    const lowest = (newest[ranks.lower - 1] ?? 0) / SECOND;
    watched.median = (newest[Math.ceil(newest.length / 2) - 1] ?? 0) / SECOND;
    const isBeyond = exceeds(lowest, predicted.value, EFFECT.opens);
    watched.beyond = isBeyond ? watched.beyond + 1 : 0;
    const isMedianBeyond = exceeds(watched.median, predicted.value, EFFECT.opens);
    watched.excess = isMedianBeyond ? watched.median - predicted.value : 0;
    watched.within = exceeds(watched.median, predicted.value, EFFECT.clears) ? 0 : watched.within + 1;
  }

  /** One that it waits for has most of its excess. */
  #explainedInside(message: ElementId, watched: Watched): boolean {
    for (const [other, { excess }] of this.#watched) {
      if (other === message || excess < EXPLAINS * watched.excess || excess === 0) continue;
      if (this.#names.messages.get(other)?.waiting.includes(message)) return true;
    }
    return false;
  }

  #report(message: ElementId, watched: Watched, predicted: Estimate, now: EpochMicroseconds): void {
    const outer = this.#names.messages.get(message)?.waiting ?? [];
    const also = outer.filter((id) => (this.#watched.get(id)?.excess ?? 0) > 0);
    const calls = watched.times.since(now - WINDOW);
    const slow = calls.filter((call) => exceeds(call.duration / SECOND, predicted.value, EFFECT.opens));
    const p50 = middle(calls.map((call) => call.duration)) / SECOND;
    // Shortly after a change many calls of the window are still from before it: then the newest say more.
    const isSettled = p50 >= SETTLED * watched.median;
    const observed = isSettled ? p50 : watched.median;
    const basis = isSettled ? 'p50 of the last 5 s' : `p50 of the last ${Math.min(NEWEST, calls.length)} calls`;
    const figures = [
      { name: `observed ${basis}`, value: observed, unit: 's' },
      { name: 'predicted p50', value: predicted.value, unit: 's' },
      { name: 'predicted p50, lower', value: predicted.lower, unit: 's' },
      { name: 'predicted p50, upper', value: predicted.upper, unit: 's' },
      { name: 'calls', value: calls.length, unit: '1' },
    ];
    const operation = this.#names.messages.get(message)?.operation ?? message;
    const expected = formatInterval(
      predicted.value,
      predicted.lower ?? predicted.value,
      predicted.upper ?? predicted.value,
      's',
      false,
    );
    const sentence = () => `${operation} takes ${formatSeconds(observed)}, predicted ${expected} (${basis})`;
    const contradiction: Contradiction = { ...contradictionOf(message), scope: message, enough: 1, sentence };
    const witnesses = slow.slice(-10);
    for (const { traceId } of witnesses.length > 0 ? witnesses : [{ traceId: undefined }]) {
      this.#log.lasts(contradiction, { time: now, traceId, figures, also }, slow.length, calls.length);
    }
  }
}

function contradictionOf(message: ElementId): Pick<Contradiction, 'kind' | 'element' | 'detail'> {
  return { kind: 'latency', element: message, detail: '' };
}

function exceeds(seconds: number, predicted: number, share: number): boolean {
  return seconds > predicted * (1 + share) && seconds - predicted >= EFFECT.least;
}

function middle(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
}
