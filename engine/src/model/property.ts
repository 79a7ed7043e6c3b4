/** Properties: what is judged, on simulated and observed runs alike. */
import type { Element, ElementId } from './element.ts';

/** Declared once; documentation, completion and checks derive from `measures` in `property/measures.ts`. */
export interface Measure {
  /** `mean`, `p99`, `rate`, `utilization`, … */
  readonly statistic: string;
  /** What the statistic is about where it is not the element itself: `p95(wait(bed))`, `p99(time_in(Order.Review))`. */
  readonly of?: string;
  /** The interaction, operation, message, node, component, state, resource or activity node; empty for the whole (`cost`). */
  readonly element: ElementId;
}

/** `p99(Checkout) < 1 s`; the bound in the measure's unit: µs, fraction, per second or a count. */
export interface Comparison {
  readonly measure: Measure;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly bound: number;
}

/** `expect a: x < 1 and y < 2` is two expectations, each judged on its own. */
export interface Expectation extends Element {
  readonly kind: 'expectation';
  readonly measure: Measure;
  readonly demand:
    | { readonly kind: 'bound'; readonly operator: '<' | '<=' | '>' | '>='; readonly bound: number }
    /** `p95(Orders.create) within 25 % of simulation` (twins only); tolerance as a fraction. */
    | { readonly kind: 'simulation'; readonly tolerance: number };
  /** `over 5 min` (twins): the sliding window, microseconds. */
  readonly over?: number;
  /** `in every 1 min` (scenarios): every window of that length must meet it, microseconds. Absent = the whole run. */
  readonly inEvery?: number;
  /** As written, without `expect` and the name: the same words in every panel. */
  readonly text: string;
}

export interface Policy extends Element {
  readonly kind: 'policy';
  readonly rules: readonly PolicyRule[];
}

/** Subjects are operations, signals, states or activity nodes; times in microseconds. */
export type PolicyRule = Element & { readonly text: string } & (
    | { readonly kind: 'never-reaches'; readonly tag: string; readonly component: ElementId }
    | { readonly kind: 'stays-in'; readonly tag: string; readonly zone: string }
    /** Nobody but the callers calls the component or operation. */
    | { readonly kind: 'only-calls'; readonly callers: readonly ElementId[]; readonly called: ElementId }
    /** In the same instance or trace. */
    | { readonly kind: 'precedes'; readonly first: ElementId; readonly then: ElementId; readonly within?: number }
    | { readonly kind: 'needs'; readonly what: ElementId; readonly needed: ElementId; readonly byAnotherActor: boolean }
    | { readonly kind: 'leads-to'; readonly cause: ElementId; readonly effect: ElementId; readonly within?: number }
  );
