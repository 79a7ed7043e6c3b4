/** What threads are started with, and what the host and a simulation thread say to each other. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { ReplicationResult } from '@pollux/engine/simulation';
import type { LiveTask } from '../live/live-messages.ts';
import type { TestTask } from '../testing/test-messages.ts';
import type { TwinTask } from '../twin/twin-messages.ts';

/** One file is the code of all threads, so that a bundle ships one: what this one is for. */
export type ThreadTask =
  | { readonly kind: 'simulation'; readonly task: WorkerTask }
  | { readonly kind: 'live'; readonly task: LiveTask }
  | { readonly kind: 'tests'; readonly task: TestTask }
  | { readonly kind: 'twin'; readonly task: TwinTask };

/** Everything that the replications of a thread share. */
export interface WorkerTask {
  readonly model: Model;
  readonly scenario: ElementId;
  readonly seed: number | undefined;
  readonly replications: number | undefined;
}

/** To the thread: run the replication with that number. */
export interface RunReplication {
  readonly replication: number;
}

/** From the thread. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly replication: number; readonly share: number; readonly events: number }
  | { readonly kind: 'finished'; readonly replication: number; readonly result: ReplicationResult }
  | { readonly kind: 'failed'; readonly replication: number; readonly message: string };
