/** What threads are started with, and what the host and a simulation thread say to each other. */
import type { Model } from '@pollux/engine/model';
import type { PlannedRun, ReplicationResult, Variant } from '@pollux/engine/simulation';
import type { LiveTask } from '../live/live-messages.ts';
import type { TestTask } from '../testing/test-messages.ts';
import type { TwinTask } from '../twin/twin-messages.ts';

/** One file is the code of all threads, so that a bundle ships one: what this one is for. */
export type ThreadTask =
  | { readonly kind: 'simulation'; readonly task: WorkerTask }
  | { readonly kind: 'live'; readonly task: LiveTask }
  | { readonly kind: 'tests'; readonly task: TestTask }
  | { readonly kind: 'twin'; readonly task: TwinTask };

/** Everything that the runs of a thread share. */
export interface WorkerTask {
  readonly models: readonly Model[];
}

/** To the thread: run this. */
export interface WorkerRun {
  /** Position in the round. */
  readonly index: number;
  /** Absent where it is that of the run before. */
  readonly variant?: Variant;
  readonly run: Omit<PlannedRun, 'variant'>;
}

/** From the thread. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly index: number; readonly share: number; readonly events: number }
  | { readonly kind: 'finished'; readonly index: number; readonly result: ReplicationResult }
  | { readonly kind: 'failed'; readonly index: number; readonly message: string };
