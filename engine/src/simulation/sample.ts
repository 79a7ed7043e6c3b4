/** What one replication says of an element, whichever kind of element it is. */
import type { ElementId } from '../model/index.ts';
import { type LevelData, QuantileSketch, SECOND, type SketchData } from '../numeric/index.ts';
import type { MeasuredFigures, TimedFigures } from './run-replication.ts';
import type { Reason } from './turned-away.ts';

export type SubjectKind =
  | 'interaction'
  | 'operation'
  | 'message'
  | 'component'
  | 'node'
  | 'state'
  | 'transition'
  | 'machine'
  | 'activity'
  /** A node of an activity; and a final one. */
  | 'action'
  | 'end'
  | 'resource'
  | 'topic'
  | 'pool'
  /** Of no element: what is measured of all together. */
  | 'whole';

export interface Subject {
  readonly element: ElementId;
  readonly kind: SubjectKind;
  /** Where its response times are recorded, as tallies number them, and round trips. */
  readonly timed: readonly number[];
  readonly roundTrips: readonly number[];
  /** Those of the law plan. */
  readonly laws: readonly number[];
  /** What the figures of one replication, or of a window of it, say of it. */
  sample(result: MeasuredFigures): Sample;
}

/** What one replication says of an element; zero or empty where it does not apply. */
export interface Sample {
  /** Seconds that were measured. */
  readonly seconds: number;
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly concurrency: number;
  readonly latency: QuantileSketch;
  /** Microseconds waited for a core, and how many wanted one. */
  readonly waited: number;
  readonly served: number;
  /** Share of the cores; NaN where there are none to share. */
  readonly utilization: number;
  /** Mean number in line for a core or a thread; NaN where there is none to wait for; and how much longer the line is at the end than at the beginning. */
  readonly queue: number;
  readonly growth: number;
  /** Calls for which there was neither a thread nor a place in the queue; and those turned away for other reasons. */
  readonly refused: number;
  readonly turnedAway: Readonly<Record<Reason, number>>;
  /** Instances, entries or uses. */
  readonly count: number;
  /** Share of the time in which nobody who came could have been served at once; NaN where there is nothing to be served by. */
  readonly saturated: number;
  /** In the currency of the prices; NaN of what is no whole. */
  readonly cost: number;
  /** Times in microseconds whose percentiles may be asked for, where they are. */
  readonly laws: Readonly<Partial<Record<LawName, QuantileSketch>>>;
  /** For how long it stood at which level, where that is asked for. */
  readonly levels: Readonly<Partial<Record<LevelName, LevelData>>>;
  /** Instances or invocations that had been there when they ended, of how many that ended and that began; where that is known. */
  readonly instances?: { readonly seen: number; readonly ended: number; readonly began: number };
}

/** Measures that are a law of times besides the response time. */
export const lawNames = ['wait', 'time_in', 'time_to'] as const;

export type LawName = (typeof lawNames)[number];

/** Measures of what holds at a moment, whose extremes and percentiles are over time. */
export const levelNames = ['queue', 'utilization', 'concurrency', 'saturation'] as const;

export type LevelName = (typeof levelNames)[number];

export function timedSample(result: MeasuredFigures, figures: readonly TimedFigures[]): Sample {
  const latency = new QuantileSketch();
  let started = 0;
  let completed = 0;
  let failed = 0;
  let concurrency = 0;
  for (const one of figures) {
    latency.mergeData(one.latency);
    started += one.started;
    completed += one.completed;
    failed += one.failed;
    concurrency += one.concurrency;
  }
  return { ...nothingOf(result), started, completed, failed, concurrency, latency, count: started };
}

export function nothingOf(result: MeasuredFigures): Sample {
  return {
    seconds: result.measured / SECOND,
    started: 0,
    completed: 0,
    failed: 0,
    concurrency: 0,
    latency: new QuantileSketch(),
    waited: 0,
    served: 0,
    utilization: Number.NaN,
    queue: 0,
    growth: 0,
    refused: 0,
    turnedAway: { noReplica: 0, limit: 0, bulkhead: 0, lost: 0 },
    count: 0,
    saturated: Number.NaN,
    cost: Number.NaN,
    laws: {},
    levels: {},
  };
}

export function sketchOf(parts: readonly SketchData[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const part of parts) sketch.mergeData(part);
  return sketch;
}
