/** What one element shows at a moment of a live run, and how two looks at a run become the figures of the time between. */
import type { ElementId } from '../../model/index.ts';
import { QuantileSketch, SECOND, type SketchData } from '../../numeric/index.ts';
import type { ReplicationResult } from '../run-replication.ts';
import type { Sample, Subject, SubjectKind } from '../subjects.ts';

/** Absent where it does not apply or nothing happened that would tell. */
export interface LiveFigures {
  /** Per second, begun in the window; for states and transitions: entered, taken. */
  readonly rate?: number;
  /** In progress, mean of the window. */
  readonly concurrency?: number;
  /** Fraction of those that ended in the window. */
  readonly errors?: number;
  /** Busy fraction of the cores, mean of the window. */
  readonly utilization?: number;
  /** In line, mean of the window. */
  readonly queue?: number;
  /** Seconds, of those that ended in the window. */
  readonly p50?: number;
  readonly p95?: number;
  /** Instances in a state, or of a machine, now. */
  readonly instances?: number;
}

/** What a run has counted from its beginning to a moment, by subject. */
export interface Look {
  /** Microseconds. */
  readonly time: number;
  readonly samples: readonly Sample[];
}

export function lookAt(subjects: readonly Subject[], result: ReplicationResult, time: number): Look {
  return { time, samples: subjects.map((subject) => subject.sample(result)) };
}

/** The figures of the time between two looks. */
export function figuresBetween(subjects: readonly Subject[], before: Look, now: Look): Map<ElementId, LiveFigures> {
  const figures = new Map<ElementId, LiveFigures>();
  const seconds = (now.time - before.time) / SECOND;
  if (!(seconds > 0)) return figures;
  subjects.forEach(({ element, kind }, index) => {
    const [from, to] = [before.samples[index], now.samples[index]];
    if (from !== undefined && to !== undefined) figures.set(element, between(kind, from, to, seconds));
  });
  return figures;
}

function between(kind: SubjectKind, from: Sample, to: Sample, seconds: number): LiveFigures {
  // Means since the beginning become areas, and their difference the mean of the time between.
  const mean = (field: 'concurrency' | 'utilization' | 'queue'): number => {
    const area = to[field] * to.seconds - (from.seconds > 0 ? from[field] * from.seconds : 0);
    return Math.max(0, area / seconds);
  };
  switch (kind) {
    case 'state':
    case 'transition':
    case 'machine':
      return { rate: (to.count - from.count) / seconds };
    case 'node':
      return withoutUnknown({ utilization: mean('utilization'), queue: mean('queue') });
    default: {
      const latency = sketchBetween(from.latency.data(), to.latency.data());
      const failed = to.failed - from.failed;
      const ended = failed + latency.count;
      const timed = latency.count > 0;
      return withoutUnknown({
        rate: (to.started - from.started) / seconds,
        concurrency: mean('concurrency'),
        errors: ended > 0 ? failed / ended : Number.NaN,
        p50: timed ? latency.quantile(0.5) / SECOND : Number.NaN,
        p95: timed ? latency.quantile(0.95) / SECOND : Number.NaN,
        ...(kind === 'component' ? { utilization: mean('utilization'), queue: mean('queue') } : {}),
      });
    }
  }
}

/** What was recorded after the first of two states of one sketch. */
function sketchBetween(before: SketchData, now: SketchData): QuantileSketch {
  const counted = new Map(before.buckets.map((bucket, index) => [bucket, before.counts[index] ?? 0]));
  const sketch = new QuantileSketch();
  sketch.mergeData({
    ...now,
    zeros: now.zeros - before.zeros,
    sum: now.sum - before.sum,
    counts: now.counts.map((count, index) => count - (counted.get(now.buckets[index] ?? -1) ?? 0)),
  });
  return sketch;
}

function withoutUnknown(figures: LiveFigures): LiveFigures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}
