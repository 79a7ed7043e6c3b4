/** What the formulas say of a scenario: plain data with a schema version; `pollux solve --format json` prints exactly this. */
import type { ElementId } from '../../model/index.ts';
import type { Bounds } from './bounds.ts';
import type { ServerKind } from './demands.ts';

/** Raised whenever the shape of `Solution` changes. */
export const SOLUTION_SCHEMA = 2;

/** Times in seconds, rates a second; null where no formula tells it, or it grows without an end. */
export interface Solution {
  readonly schema: typeof SOLUTION_SCHEMA;
  /** Uri of the model's entry document. */
  readonly model: string;
  readonly scenario: ElementId;
  /** The busiest first. */
  readonly stations: readonly SolvedStation[];
  /** By load, in the order of the scenario. */
  readonly behaviours: readonly SolvedBehaviour[];
  /** What is used up first when all loads grow alike. */
  readonly bottleneck: ElementId | null;
  /** By what the loads can be multiplied until then. */
  readonly headroom: number | null;
  /** Why the figures are not exact, or why there are none. */
  readonly reasons: readonly Reason[];
}

export interface Reason {
  readonly element: ElementId;
  readonly message: string;
}

/** The formula that a figure comes from. */
export type Form =
  | 'M/M/c'
  | 'M/M/c/K'
  | 'M/G/c/c'
  | 'M/M/c+M'
  | 'M/G/1'
  | 'M/G/c sharing'
  | 'M/G/1 priorities'
  | 'M/M/c priorities'
  | 'M/G/1 preemptive'
  | 'M/M/c preemptive'
  | 'G/G/c'
  | 'Jackson network'
  | 'fork-join'
  | 'mean value analysis'
  | 'Bard-Schweitzer';

export interface SolvedStation {
  readonly element: ElementId;
  readonly kind: ServerKind;
  readonly servers: number;
  /** Asked for over what there is; two bounds where guards leave it open. */
  readonly utilisation: Bounds;
  /** Null: only the utilisation law applies. */
  readonly form: Form | null;
  /** Does the form apply without any approximation? */
  readonly exact: boolean;
  /** Visits served. */
  readonly throughput: number | null;
  readonly wait: number | null;
  readonly response: number | null;
  /** Mean number waiting, and present. */
  readonly queue: number | null;
  readonly number: number | null;
  /** Turned away, and given up: shares of the visits. */
  readonly refused: number;
  readonly abandoned: number;
  /** Visits that it can serve at most. */
  readonly saturation: number | null;
}

/** Below which so many of a hundred stay, seconds. */
export type Percentiles = Readonly<Record<(typeof solvedPercentiles)[number], number>>;

export const solvedPercentiles = ['p50', 'p95', 'p99'] as const;

export interface SolvedBehaviour {
  /** The interaction or activity. */
  readonly element: ElementId;
  readonly load: ElementId;
  readonly form: Form | null;
  readonly exact: boolean;
  /** Runs that arrive, or go round; bounds where nothing closer is known. */
  readonly throughput: Bounds;
  /** Mean time of a run: `low` is sure, `high` null where nothing limits it. Equal where a formula tells it. */
  readonly response: { readonly low: number; readonly high: number | null };
  /** Of the time of a run; absent where only its mean is known. */
  readonly percentiles?: Percentiles;
  /** Runs that the bottleneck lets through if all loads grow alike. */
  readonly saturation: number | null;
}
