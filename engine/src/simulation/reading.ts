/**
 * What a run has counted at a moment, since its warm-up ended or, before that, since it began. The difference of two readings is
 * what happened between them. Knows nothing of why they are taken.
 */
import { type LevelData, levelsSince, type SketchData } from '../numeric/index.ts';
import type { ResourceFigures } from './activities/resources.ts';
import type { MachineFigures } from './population.ts';
import type { PresenceFigures } from './presence.ts';
import type { MeasuredFigures, TimedFigures } from './run-replication.ts';
import type { CoreFigures } from './stations/index.ts';
import type { ThreadFigures } from './threads.ts';
import type { TurnedAwayFigures } from './turned-away.ts';

export interface Reading {
  /** Microseconds since the counting began. */
  readonly time: number;
  /** As `Tallies.counts` gives them: by message, then by interaction, then as activities number theirs. */
  readonly timed: Float64Array;
  readonly roundTrips: Float64Array;
  readonly waited: Float64Array;
  readonly served: Float64Array;
  readonly cores: CoreFigures;
  readonly threads: ThreadFigures;
  readonly turnedAway: TurnedAwayFigures;
  readonly machines: readonly MachineFigures[];
  readonly resources: ResourceFigures;
  readonly present: PresenceFigures;
  /** As the level plan numbers them. */
  readonly levels: readonly LevelData[];
}

export const STARTED = 0;
export const FAILED = 1;
export const COMPLETED = 2;
export const AREA = 3;
export const TIMED_SHIFT = 2;

const noLatency: SketchData = {
  zeros: 0,
  sum: 0,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
  buckets: [],
  counts: [],
};

/** Response times, round trips, and what `AskedLaws` keeps. */
export type Recorded = 'timed' | 'roundTrips' | 'laws';

/** `recorded`: what was recorded between the two; nothing where nobody asks for it. `laws`: how many laws there are. */
export function figuresBetween(
  before: Reading,
  after: Reading,
  laws: number,
  recorded: (what: Recorded, index: number) => SketchData | undefined,
): MeasuredFigures {
  const measured = after.time - before.time;
  const timed = (from: Float64Array, to: Float64Array, what: Recorded): TimedFigures[] =>
    Array.from({ length: to.length >> TIMED_SHIFT }, (_, index) => {
      const at = index << TIMED_SHIFT;
      const grown = (field: number): number => to[at + field]! - from[at + field]!;
      return {
        started: grown(STARTED),
        failed: grown(FAILED),
        completed: grown(COMPLETED),
        concurrency: Math.max(0, grown(AREA)) / measured,
        latency: recorded(what, index) ?? noLatency,
      };
    });
  return {
    measured,
    timed: timed(before.timed, after.timed, 'timed'),
    roundTrips: timed(before.roundTrips, after.roundTrips, 'roundTrips'),
    waited: difference(before.waited, after.waited),
    served: difference(before.served, after.served),
    cores: {
      busyCores: meanBetween(before, after, ({ cores }) => cores.busyCores),
      outside: meanBetween(before, after, ({ cores }) => cores.outside),
      cores: meanBetween(before, after, ({ cores }) => cores.cores),
      saturated: meanBetween(before, after, ({ cores }) => cores.saturated),
      queue: meanBetween(before, after, ({ cores }) => cores.queue),
      waited: difference(before.cores.waited, after.cores.waited),
      served: difference(before.cores.served, after.cores.served),
      growth: difference(before.cores.growth, after.cores.growth),
    },
    threads: {
      queue: meanBetween(before, after, ({ threads }) => threads.queue),
      refused: difference(before.threads.refused, after.threads.refused),
      growth: difference(before.threads.growth, after.threads.growth),
    },
    turnedAway: {
      noReplica: difference(before.turnedAway.noReplica, after.turnedAway.noReplica),
      limit: difference(before.turnedAway.limit, after.turnedAway.limit),
      bulkhead: difference(before.turnedAway.bulkhead, after.turnedAway.bulkhead),
      lost: difference(before.turnedAway.lost, after.turnedAway.lost),
    },
    laws: Array.from({ length: laws }, (_, index) => recorded('laws', index) ?? noLatency),
    levels: after.levels.map((data, index) => levelsSince(before.levels[index]!, data)),
    machines: after.machines.map(({ created, entries, taken, sightings }, index) => ({
      created: created - before.machines[index]!.created,
      entries: difference(before.machines[index]!.entries, entries),
      taken: difference(before.machines[index]!.taken, taken),
      sightings: {
        seen: difference(before.machines[index]!.sightings.seen, sightings.seen),
        ended: sightings.ended - before.machines[index]!.sightings.ended,
        began: sightings.began - before.machines[index]!.sightings.began,
      },
    })),
    resources: {
      busy: meanBetween(before, after, ({ resources }) => resources.busy),
      present: meanBetween(before, after, ({ resources }) => resources.present),
      saturated: meanBetween(before, after, ({ resources }) => resources.saturated),
      longest: after.resources.longest,
      growth: difference(before.resources.growth, after.resources.growth),
    },
    present: {
      nodes: meanBetween(before, after, ({ present }) => present.nodes),
      replicas: meanBetween(before, after, ({ present }) => present.replicas),
    },
  };
}

/** Of one mean since the counting began: its mean between the readings. */
export function meanOver(before: Reading, after: Reading, mean: (reading: Reading) => number): number {
  const area = (reading: Reading): number => (reading.time > 0 ? mean(reading) * reading.time : 0);
  return Math.max(0, area(after) - area(before)) / (after.time - before.time);
}

function meanBetween(before: Reading, after: Reading, means: (reading: Reading) => readonly number[]): number[] {
  return means(after).map((_, index) => meanOver(before, after, (reading) => means(reading)[index]!));
}

function difference(before: ArrayLike<number>, after: ArrayLike<number>): number[] {
  return Array.from(after, (figure, index) => figure - before[index]!);
}
