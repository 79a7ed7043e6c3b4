/** What a simulation says. Plain data with a schema version; `pollux simulate --format json` prints exactly this. */
import type { ElementId } from '../model/index.ts';
import type { JudgedWindow } from '../property/index.ts';

/** Raised whenever the shape of `SimulationResult` changes. */
export const RESULT_SCHEMA = 2;

export interface SimulationResult {
  readonly schema: typeof RESULT_SCHEMA;
  /** Uri of the model's entry document. */
  readonly model: string;
  readonly scenario: ElementId;
  readonly seed: number;
  /** How many were finished; fewer than asked for where the run was cancelled. */
  readonly replications: number;
  /** Simulated seconds, all replications together, warm-up excluded. */
  readonly simulated_s: number;
  readonly measures: readonly MeasuredValue[];
  readonly expectations: readonly JudgedExpectation[];
  readonly findings: readonly Finding[];
  readonly counters: Counters;
  /** Latency distributions for charts, of every loaded interaction and every operation. */
  readonly latencies: readonly LatencyCurve[];
  /** How the run went over time, warm-up included. */
  readonly series: Series;
  /** Of the first replication, in the order of time; the first thousand of them. */
  readonly events: readonly RunEvent[];
  /** Of all replications. */
  readonly eventCounts: readonly RunEventCount[];
}

/**
 * One figure with its interval. `value`, `lower` and `upper` are in `unit`; null where not estimable, but for the `lower` of a
 * percentile of which only that is known.
 */
export interface MeasuredValue {
  readonly element: ElementId;
  /** One of the names in `property/measures.ts`. */
  readonly measure: string;
  /** `s`, `1/s`, `1` (a fraction or count). */
  readonly unit: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** 0.95: of a Student interval across replications. */
  readonly confidence: number;
  /** Observations behind the figure, all replications together. */
  readonly samples: number;
  readonly status: 'ok' | 'not-estimable';
  /** What a formula says of the long run, where one applies exactly. */
  readonly exact?: { readonly value: number; readonly form: string };
}

export interface JudgedExpectation {
  readonly element: ElementId;
  readonly text: string;
  /** One-based line in the model's text. */
  readonly line: number;
  readonly verdict: 'met' | 'missed' | 'undecided';
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly unit: string;
  readonly bound: number;
  /** `in every 1 min`: when the worst window begins, which `value` and its interval are of, and of how many it is the worst. */
  readonly window?: JudgedWindow;
  /** Why it is undecided. */
  readonly reason?: string;
}

/** Something a person should know: saturation, a run-time error of the model, unfinished work, … */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly element: ElementId;
  readonly message: string;
}

/** What happened that is no work of the model: what the timeline changes, breakdowns, steps of rollouts and of scaling. */
export interface RunEvent {
  /** Seconds since the beginning of the run, warm-up included. */
  readonly time_s: number;
  readonly element: ElementId;
  readonly kind: RunEventKind;
  /** In plain words: `Orders goes to 1.5 on 5 % of its calls`. */
  readonly text: string;
}

export type RunEventKind =
  | 'crash'
  | 'recovery'
  | 'breakdown'
  | 'repair'
  | 'slow'
  | 'normal-speed'
  | 'partition'
  | 'partition-end'
  | 'set'
  | 'set-back'
  | 'scale'
  | 'autoscale'
  | 'rollout'
  | 'rollout-aborted'
  | 'load'
  | 'send';

/** How often something of a kind happened, all replications together. */
export interface RunEventCount {
  readonly element: ElementId;
  readonly kind: RunEventKind;
  readonly count: number;
}

/** Over all replications, warm-up excluded: started = finished + failed + refused + unfinished. */
export interface Counters {
  readonly started: number;
  readonly finished: number;
  readonly failed: number;
  readonly refused: number;
  readonly unfinished: number;
  /** Simulated events, warm-up included. */
  readonly events: number;
}

export interface LatencyCurve {
  readonly element: ElementId;
  /** Rising quantiles with their values in seconds. */
  readonly points: readonly { readonly quantile: number; readonly seconds: number }[];
}

/** Figures in buckets of equal length; the last one may be cut off by the end of the run. */
export interface Series {
  readonly step_s: number;
  /** When the first bucket begins, seconds since the beginning of the run. */
  readonly from_s: number;
  readonly buckets: number;
  readonly elements: readonly ElementSeries[];
}

/** One figure of an element by bucket, the mean over the replications; null where there was nothing to measure. */
export interface ElementSeries {
  /** Of one of several nodes or replicas alike with its number: `shop.Production.app[2]`. */
  readonly element: ElementId;
  /** One of the names in `property/measures.ts`. */
  readonly measure: string;
  /** `s`, `1/s`, `1` (a fraction or count). */
  readonly unit: string;
  readonly values: readonly (number | null)[];
  /** Ends of the 95 % Student interval across replications; absent where there is only one. */
  readonly lower?: readonly (number | null)[];
  readonly upper?: readonly (number | null)[];
}

export interface SimulationProgress {
  readonly replication: number;
  readonly replications: number;
  /** Share of the whole run that is done, 0 to 1. */
  readonly share: number;
  readonly events: number;
}
