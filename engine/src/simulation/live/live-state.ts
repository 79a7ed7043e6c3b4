/** What a live run is told and what it says, wherever it runs and whoever shows it. */
import type { Change, ElementId } from '../../model/index.ts';
import type { Finding } from '../result.ts';
import type { LiveFrame, LiveInput } from './live-run.ts';

export type LiveCommand =
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** Virtual seconds a second, whether it plays now or later. */
  | { readonly kind: 'speed'; readonly speed: number }
  /** One step of virtual time, then pause. */
  | { readonly kind: 'step' }
  /** From the moment that is shown, or the next round one. Where that has passed the run is first taken back to it. */
  | { readonly kind: 'change'; readonly change: Change }
  /** What a lasting change began is over, from then on: see `targetOf`. */
  | { readonly kind: 'end'; readonly target: string }
  /** Shows a moment: one that has passed from what was kept, a later one by going there. Seconds. */
  | { readonly kind: 'seek'; readonly time_s: number };

/** All there is to know of a live run now. */
export interface LiveState {
  readonly status: LiveStatus;
  /** Virtual seconds a second: as wanted, and as it went last. */
  readonly speed: number;
  readonly reached: number;
  /** How far the run is, and how long it lasts, seconds. What is shown may be earlier. */
  readonly now_s: number;
  /** On its way to where; null: nowhere but as fast as is wanted. */
  readonly goal_s: number | null;
  readonly duration_s: number;
  /** Length of a single step. */
  readonly step_s: number;
  readonly seed: number;
  readonly inputs: readonly LiveInput[];
  readonly frame: LiveFrame;
  readonly history: LiveHistory;
  /** Why it cannot run, or why the last inputs were not taken. */
  readonly problems: readonly Finding[];
}

/** `looking-back`: paused, and what is shown has passed. `catching-up`: on the way to the moment that is wanted. */
export type LiveStatus = 'playing' | 'paused' | 'looking-back' | 'catching-up' | 'over' | 'impossible';

/** Figures over the time of the run, of the interactions that are loaded; null where there was none. */
export interface LiveHistory {
  readonly times_s: readonly number[];
  readonly rows: readonly {
    readonly element: ElementId;
    readonly measure: 'rate' | 'p95' | 'errors';
    readonly values: readonly (number | null)[];
  }[];
}
