/** Properties: what is judged, on simulated and observed runs alike. */
import type { Element, ElementId } from './element.ts';

/** Declared once; documentation, completion and checks derive from `measures` in `measure.ts`. */
export interface Measure {
  /** `mean`, `p99`, `rate`, `utilization`, … */
  readonly statistic: string;
  /** The interaction, operation, message, node, component or state that it is about. */
  readonly element: ElementId;
}

export interface Expectation extends Element {
  readonly kind: 'expectation';
  readonly measure: Measure;
  readonly demand: /** `p99(Checkout) < 1 s`; the bound in the measure's unit: µs, fraction, per second or a count. */
    | { readonly kind: 'bound'; readonly operator: '<' | '<=' | '>' | '>='; readonly bound: number }
    /** `p95(Orders.create) within 25 % of simulation` (twins only); tolerance as a fraction. */
    | { readonly kind: 'simulation'; readonly tolerance: number };
  /** `over 5 min` (twins): the sliding window, microseconds. */
  readonly over?: number;
  /** As written, without `expect` and the name: the same words in every panel. */
  readonly text: string;
}
