/**
 * How the expectations of a scenario stand in a live run: each over what was measured until now, which is after the warm-up. One
 * run has no interval, so that its figure itself is held against the bound; what a whole experiment says of it is another matter.
 */
import type { Expectation, Scenario } from '../../model/index.ts';
import { formatCount, formatSeconds, SECOND } from '../../numeric/index.ts';
import { type BoundDemand, judge, measureNamed, plainMeasure, whyNotComputed } from '../../property/index.ts';
import { estimate, pool } from '../estimate.ts';
import type { JudgedExpectation } from '../result.ts';
import type { Sample, Subject } from '../subjects.ts';
import type { Look } from './live-figures.ts';
import { sampleBetween } from './sample-between.ts';

export type LiveVerdict = Pick<JudgedExpectation, 'element' | 'text' | 'verdict' | 'value' | 'unit' | 'reason'>;

type Found = Pick<LiveVerdict, 'verdict' | 'value' | 'reason'>;

/** Each end of a window costs a look at all that was counted. */
const WINDOWS_WATCHED = 240;

interface Watched {
  readonly expectation: Expectation;
  readonly statistic: string;
  readonly unit: string;
  /** Position of its subject; -1 where nothing of it is measured. */
  readonly subject: number;
  readonly demand: BoundDemand | null;
  /** Why it cannot be judged, whatever happens. */
  readonly hindrance: string | null;
}

/** Of an expectation `in every d`. */
interface Windows {
  begin: Sample;
  next: number;
  closed: number;
  worst: Found | null;
}

export class LiveVerdicts {
  readonly #warmup: number;
  readonly #watched: readonly Watched[];
  readonly #windows = new Map<Expectation, Windows>();
  /** What had been counted when the warm-up ended. */
  #base: Look | null = null;

  constructor({ expectations, warmup, duration }: Scenario, subjects: readonly Subject[]) {
    this.#warmup = Math.max(0, warmup);
    this.#watched = expectations.map((expectation) => watched(expectation, subjects, duration - this.#warmup));
  }

  /** When what was counted is wanted next, microseconds; Infinity: not any more. */
  get next(): number {
    if (this.#base === null) return this.#watched.length === 0 ? Number.POSITIVE_INFINITY : this.#warmup;
    return [...this.#windows.values()].reduce((least, { next }) => Math.min(least, next), Number.POSITIVE_INFINITY);
  }

  /** What was counted until a time that was wanted. */
  note(look: Look): void {
    const isFirst = this.#base === null;
    this.#base ??= look;
    for (const one of this.#watched) {
      const { expectation, subject, hindrance } = one;
      const length = expectation.inEvery;
      const sample = look.samples[subject];
      if (length === undefined || hindrance !== null || sample === undefined) continue;
      if (isFirst) this.#windows.set(expectation, { begin: sample, next: look.time + length, closed: 0, worst: null });
      const windows = this.#windows.get(expectation);
      if (windows === undefined || look.time < windows.next) continue;
      const found = judged(one, sampleBetween(windows.begin, sample));
      windows.worst = worse(windows.worst, found, one);
      windows.begin = sample;
      windows.next += length;
      windows.closed++;
    }
  }

  at(look: Look): readonly LiveVerdict[] {
    return this.#watched.map((one) => {
      const { element, text } = { element: one.expectation.id, text: one.expectation.text };
      return { element, text, unit: one.unit, ...this.#found(one, look) };
    });
  }

  #found(one: Watched, look: Look): Found {
    const undecided = (reason: string): Found => ({ verdict: 'undecided', value: null, reason });
    if (one.hindrance !== null) return undecided(one.hindrance);
    const [from, to] = [this.#base?.samples[one.subject], look.samples[one.subject]];
    if (from === undefined || to === undefined || look.time <= this.#warmup) {
      return undecided(`The warm-up lasts until ${formatSeconds(this.#warmup / SECOND)}.`);
    }
    if (one.expectation.inEvery === undefined) return judged(one, sampleBetween(from, to));
    const windows = this.#windows.get(one.expectation);
    if (windows === undefined || windows.closed === 0) {
      return undecided(`The first window ends at ${formatSeconds((windows?.next ?? 0) / SECOND)}.`);
    }
    return windows.worst ?? undecided('In no window so far were there occurrences enough.');
  }
}

function watched(expectation: Expectation, subjects: readonly Subject[], measured: number): Watched {
  const { measure, demand, inEvery } = expectation;
  const statistic = plainMeasure(measure);
  const unit = measureNamed(measure.of ?? statistic)?.unit ?? '1';
  const subject = subjects.findIndex(({ element }) => element === measure.element);
  const missing = whyNotComputed(measure);
  const windows = inEvery === undefined ? 0 : measured / inEvery;
  const hindrance =
    demand.kind === 'simulation'
      ? 'A scenario is the simulation: there is nothing to compare it with.'
      : missing !== undefined
        ? `Not computed yet: ${missing}.`
        : subject < 0
          ? 'The scenario never reaches this element.'
          : windows > WINDOWS_WATCHED
            ? `${formatCount(windows)} windows are too many to be watched: run the scenario to have them judged.`
            : null;
  const limit =
    demand.kind === 'simulation'
      ? null
      : { operator: demand.operator, bound: unit === 's' ? demand.bound / SECOND : demand.bound };
  return { expectation, statistic, unit, subject, demand: limit, hindrance };
}

function judged({ statistic, demand }: Watched, sample: Sample): Found {
  const { value, samples } = estimate(statistic, [sample], pool([sample]));
  if (value === null || demand === null) {
    const reason = samples === 0 ? 'Nothing was observed yet.' : `${formatCount(samples)} occurrences are too few yet.`;
    return { verdict: 'undecided', value: null, reason };
  }
  return { verdict: judge(value, value, value, demand), value };
}

/** One that misses it before one that meets it, the farther off first; a window in which nothing was observed says nothing. */
function worse(before: Found | null, found: Found, { demand }: Watched): Found | null {
  if (found.value === null || demand === null) return before;
  if (before?.value === null || before === null) return found;
  const isUpper = demand.operator === '<' || demand.operator === '<=';
  return (isUpper ? found.value > before.value : found.value < before.value) ? found : before;
}
