/** What one element shows at a moment of a live run, and how two looks at a run become the figures of the time between. */
import type { ElementId } from '../../model/index.ts';
import { SECOND } from '../../numeric/index.ts';
import type { ReplicationResult } from '../run-replication.ts';
import type { Sample, Subject, SubjectKind } from '../subjects.ts';
import { sampleBetween } from './sample-between.ts';

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
  /** Mean seconds in line, of the actions of an activity. */
  readonly wait?: number;
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
    if (from !== undefined && to !== undefined) figures.set(element, between(kind, from, to));
  });
  return figures;
}

function between(kind: SubjectKind, from: Sample, to: Sample): LiveFigures {
  const { seconds, started, failed, count, concurrency, utilization, queue, latency, ...more } = sampleBetween(
    from,
    to,
  );
  switch (kind) {
    case 'state':
    case 'transition':
    case 'machine':
      return { rate: count / seconds };
    case 'node':
    case 'resource':
      return withoutUnknown({ utilization, queue });
    default: {
      const ended = failed + latency.count;
      const timed = latency.count > 0;
      return withoutUnknown({
        rate: started / seconds,
        concurrency,
        errors: ended > 0 ? failed / ended : Number.NaN,
        p50: timed ? latency.quantile(0.5) / SECOND : Number.NaN,
        p95: timed ? latency.quantile(0.95) / SECOND : Number.NaN,
        ...(kind === 'component' ? { utilization, queue } : {}),
        ...(kind === 'action' && more.served > 0 ? { wait: more.waited / more.served / SECOND } : {}),
      });
    }
  }
}

function withoutUnknown(figures: LiveFigures): LiveFigures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}
