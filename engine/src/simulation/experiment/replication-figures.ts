/** Each replication's figure of any measure: what pairs are made of. */
import type { ElementId } from '../../model/index.ts';
import { beyondPercentile, figureOf } from '../estimate.ts';
import { type Sample, type Subject, subjectsOf } from '../subjects.ts';
import type { TrialResults } from './replicate.ts';

export class ReplicationFigures {
  readonly #trial: TrialResults;
  readonly #subjects: ReadonlyMap<ElementId, Subject>;
  readonly #samples = new Map<ElementId, readonly (Sample | null)[]>();

  constructor(trial: TrialResults) {
    this.#trial = trial;
    this.#subjects = new Map(subjectsOf(trial.compiled).map((subject) => [subject.element, subject]));
  }

  /** By replication; NaN where it has none, or was cut short. */
  of(element: ElementId, statistic: string): readonly number[] {
    const figure = figureOf(statistic);
    return this.#samplesOf(element).map((sample) => (sample === null ? Number.NaN : figure(sample)));
  }

  /** By replication, what says how far percentiles go together; undefined for what is none, or where one was cut short. */
  beyond(element: ElementId, statistic: string): readonly number[] | undefined {
    const samples = this.#samplesOf(element).filter((sample) => sample !== null);
    return samples.length < this.#trial.replications.length ? undefined : beyondPercentile(statistic, samples);
  }

  /** By how many a second the line in front of it grows; 0 where it does not beyond chance. */
  growthOf(element: ElementId): number {
    const samples = this.#samplesOf(element).filter((sample) => sample !== null);
    const growth = samples.reduce((sum, sample) => sum + sample.growth, 0);
    const served = samples.reduce((sum, sample) => sum + sample.served, 0);
    const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
    // A queue in balance wanders by about the square root of what passed through it.
    return growth > 3 * Math.sqrt(served) ? growth / seconds : 0;
  }

  #samplesOf(element: ElementId): readonly (Sample | null)[] {
    let samples = this.#samples.get(element);
    if (samples === undefined) {
      const subject = this.#subjects.get(element);
      samples = this.#trial.replications.map((one) => (one.finished ? (subject?.sample(one) ?? null) : null));
      this.#samples.set(element, samples);
    }
    return samples;
  }
}
