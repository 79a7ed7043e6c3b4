/** Each replication's figure of any measure: what pairs are made of. */
import type { ElementId } from '../../model/index.ts';
import { figureOf } from '../estimate.ts';
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
    let samples = this.#samples.get(element);
    if (samples === undefined) {
      const subject = this.#subjects.get(element);
      samples = this.#trial.replications.map((one) => (one.finished ? (subject?.sample(one) ?? null) : null));
      this.#samples.set(element, samples);
    }
    const figure = figureOf(statistic);
    return samples.map((sample) => (sample === null ? Number.NaN : figure(sample)));
  }
}
