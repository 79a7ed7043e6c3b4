/** What a simulation says of the elements that the twin observes, in seconds and shares. */
import type { ElementId } from '../model/index.ts';
import type { Estimate } from '../property/index.ts';
import type { SimulationResult } from '../simulation/index.ts';

export class Prediction {
  readonly #figures = new Map<ElementId, Map<string, Estimate>>();

  constructor(result: SimulationResult) {
    for (const { element, measure, value, lower, upper, status } of result.measures) {
      if (status !== 'ok' || value === null) continue;
      let measures = this.#figures.get(element);
      if (measures === undefined) {
        measures = new Map();
        this.#figures.set(element, measures);
      }
      measures.set(measure, { value, lower: lower ?? value, upper: upper ?? value });
    }
    for (const { element, points } of result.latencies) {
      const measures = this.#figures.get(element) ?? new Map<string, Estimate>();
      this.#figures.set(element, measures);
      for (const { quantile, seconds } of points) {
        const measure = `p${Number((quantile * 100).toPrecision(6))}`;
        if (!measures.has(measure)) measures.set(measure, { value: seconds, lower: seconds, upper: seconds });
      }
    }
  }

  get elements(): Iterable<ElementId> {
    return this.#figures.keys();
  }

  of(element: ElementId, measure: string): Estimate | undefined {
    return this.#figures.get(element)?.get(measure);
  }
}
