/** A system whose figures are known exactly, as the text of a model and what is to be found in its result. */

export interface AccuracyCase {
  readonly name: string;
  readonly text: (length: RunLength) => string;
  readonly checks: readonly Check[];
  /** Transactions a second, to know how long a run must be for so many of them. */
  readonly rate: number;
  /** Stations that one transaction visits, about: what it costs to simulate. */
  readonly visits: number;
  /** Seconds until nothing is left of the empty beginning, where a tenth of the run may be too short for that. */
  readonly settles?: number;
}

/** Of one replication, seconds of virtual time. */
export interface RunLength {
  readonly run: number;
  readonly warmup: number;
}

export interface Check {
  readonly element: string;
  readonly measure: string;
  readonly exact: number;
  /** For figures from an approximation: how far off it may be itself, as a share. Absent: it is exact. */
  readonly approximate?: number;
}

/** Published cases and where they come from. */
export interface Family {
  readonly title: string;
  readonly source: string;
  readonly cases: readonly AccuracyCase[];
}
