/** What a sweep says. Plain data with a schema version; `pollux sweep --format json` prints exactly this. */
import type { Distribution, ElementId, Value } from '../../model/index.ts';
import type { Finding, SimulationResult } from '../result.ts';
import type { Settable } from './setting.ts';

/** Raised whenever the shape of `SweepResult` changes. */
export const SWEEP_SCHEMA = 1;

export interface SweepResult {
  readonly schema: typeof SWEEP_SCHEMA;
  /** Uri of the model's entry document. */
  readonly model: string;
  readonly scenario: ElementId;
  readonly seed: number;
  readonly axes: readonly SweepAxis[];
  /** Every combination, the last axis fastest. */
  readonly points: readonly SweepPoint[];
  /** Positions in `points` of those that are sure to meet every expectation, the cheapest first, else in their order. */
  readonly meetAll: readonly number[];
  /** In plain words. */
  readonly sentences: readonly string[];
  /** Why nothing was run, or not everything. */
  readonly findings: readonly Finding[];
}

export interface SweepAxis {
  readonly parameter: Settable;
  /** `Orders.replicas`. */
  readonly text: string;
  readonly values: readonly { readonly value: Value | Distribution; readonly text: string }[];
}

export interface SweepPoint {
  /** By axis: the position of its value. */
  readonly at: readonly number[];
  /** `Orders.replicas = 3, app.cores = 2`. */
  readonly text: string;
  /**
   * `simulated`; `pruned` where formulas show that it is of no use, and `reason` says which; `impossible` where it cannot be run; `not-run`
   * where the sweep was cancelled before.
   */
  readonly status: 'simulated' | 'pruned' | 'impossible' | 'not-run';
  readonly reason?: string;
  /** Of the scenario with these values, byte for byte as if it were run alone; absent where it was not simulated. */
  readonly result?: SimulationResult;
  /** Every expectation met, one missed, or neither known. Pruned points that cannot meet one are `missed`. */
  readonly verdict: 'met' | 'missed' | 'undecided';
  /** A second, in the currency of the prices; null where the deployment has none. */
  readonly cost: number | null;
}
