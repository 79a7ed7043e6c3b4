/** What the live twin knows at one moment: an immutable snapshot, small enough to be sent whole. */
import type { ElementId } from '../model/index.ts';
import type { EpochMicroseconds } from '../observation/index.ts';

/** Raised whenever the shape of `TwinState` changes. */
export const TWIN_SCHEMA = 1;

export interface TwinState {
  readonly schema: typeof TWIN_SCHEMA;
  readonly twin: ElementId;
  /** Rises by one with every snapshot. */
  readonly sequence: number;
  /** Event time up to which verdicts are final. */
  readonly watermark: EpochMicroseconds;
  /** Event time of the newest observation. */
  readonly newest: EpochMicroseconds;
  /** Length of the sliding window behind the figures, seconds. */
  readonly window_s: number;
  readonly traces: TraceCounts;
  readonly spans: { readonly received: number; readonly unmodelled: number; readonly shed: number };
  /** Per interaction, message, operation, component, state and transition that was seen or predicted. */
  readonly figures: Readonly<Record<ElementId, Figures>>;
  /** Open first, then resolved, newest first; resolved ones are kept for a while. */
  readonly divergences: readonly Divergence[];
  readonly expectations: readonly TwinVerdict[];
}

/** Every complete trace is in exactly one of them: seen = matched + divergent + undecided + unmodelled. */
export interface TraceCounts {
  readonly seen: number;
  readonly matched: number;
  readonly divergent: number;
  /** Cut off by the beginning or end of the recording, or a parent is missing. */
  readonly undecided: number;
  readonly unmodelled: number;
  /** Why traces are undecided, and how many of them. */
  readonly reasons?: Readonly<Record<string, number>>;
}

/** Over the sliding window, but for `instances` (now) and `total` (since attaching). Times in seconds. */
export interface Figures {
  readonly total: number;
  /** Occurrences a second. */
  readonly rate?: number;
  /** Share of occurrences with an error, 0 to 1. */
  readonly errors?: number;
  readonly p50?: number;
  readonly p95?: number;
  /** Machine instances now in the state, or of the machine. */
  readonly instances?: number;
  /** Share among the sibling branches or operands, 0 to 1. */
  readonly share?: number;
  readonly predicted?: { readonly p50: number; readonly p95: number };
}

export type DivergenceKind =
  | 'illegal-transition'
  | 'unknown-event'
  | 'unexpected-message'
  | 'missing-message'
  | 'wrong-order'
  | 'latency'
  | 'error-rate'
  | 'constraint-violated'
  | 'expectation-breached'
  | 'unmodelled-operation';

export interface Divergence {
  /** Stable for the same contradiction: kind + element + what is contradicted. */
  readonly id: string;
  readonly kind: DivergenceKind;
  /** The element of the text that reality contradicts. */
  readonly element: ElementId;
  /** The one sentence that squiggle, badge, card and list show, with its numbers. */
  readonly message: string;
  readonly status: 'open' | 'resolved';
  readonly verdict: 'pending' | 'final' | 'retracted';
  /** Occurrences, out of how many chances. */
  readonly count: number;
  readonly of: number;
  readonly first: EpochMicroseconds;
  readonly last: EpochMicroseconds;
  readonly resolved?: EpochMicroseconds;
  readonly evidence: Evidence;
}

export interface Evidence {
  /** At most ten. */
  readonly traceIds: readonly string[];
  /** Machine instances by key, at most ten. */
  readonly instances: readonly string[];
  /** Named figures with their unit, for the card: `observed p50 0.48 s`. */
  readonly figures: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
  /** Other elements that show the same trouble and were not reported on their own. */
  readonly also: readonly ElementId[];
}

export interface TwinVerdict {
  readonly element: ElementId;
  readonly text: string;
  readonly verdict: 'met' | 'missed' | 'undecided';
  readonly value: number | null;
  readonly unit: string;
  readonly reason?: string;
}
