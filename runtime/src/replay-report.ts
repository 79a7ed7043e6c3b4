/** What a replay says. Plain data with a schema version; `pollux replay --format json` prints exactly this. */
import type { ElementId } from '@pollux/engine/model';
import type { Divergence, TraceCounts, TwinVerdict } from '@pollux/engine/twin';
import type { RecordedFile, RecordingProblem } from './recordings/read-recording.ts';

/** Raised whenever the shape of `ReplayReport` changes. */
export const REPLAY_SCHEMA = 1;

export interface ReplayReport {
  readonly schema: typeof REPLAY_SCHEMA;
  /** Uri of the model's entry document. */
  readonly model: string;
  readonly twin: ElementId;
  readonly files: readonly RecordedFile[];
  /** The first of what was rejected. */
  readonly problems: readonly RecordingProblem[];
  readonly traces: TraceCounts;
  readonly interactions: readonly ReplayedInteraction[];
  /** What traces that no interaction claims begin with, the most frequent first. */
  readonly unmodelled: readonly { readonly root: string; readonly count: number }[];
  /** Where the instances of machines were at the end. */
  readonly instances: readonly { readonly state: ElementId; readonly count: number }[];
  readonly divergences: readonly Divergence[];
  readonly expectations: readonly TwinVerdict[];
  readonly verdict: 'conforms' | 'violates' | 'undecided';
  /** Why. */
  readonly reason: string;
}

export interface ReplayedInteraction {
  readonly element: ElementId;
  readonly matched: number;
  readonly divergent: number;
  readonly undecided: number;
  readonly p50_s: number | null;
  readonly p95_s: number | null;
}
