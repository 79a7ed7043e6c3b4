/** What a live run's thread is started with, and what it says. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { LiveState } from '@pollux/engine/simulation';

export interface LiveTask {
  readonly model: Model;
  readonly scenario: ElementId;
  readonly seed: number | undefined;
}

export type LiveMessage =
  | { readonly kind: 'state'; readonly state: LiveState }
  | { readonly kind: 'failed'; readonly message: string };
