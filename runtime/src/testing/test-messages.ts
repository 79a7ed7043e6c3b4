/** What the host and the thread that runs tests say to each other. */
import type { ElementId, Model } from '@pollux/engine/model';
import type { GeneratedTests, TestResult } from '@pollux/engine/testing';

export type TestTask = { readonly model: Model } & (
  | { readonly kind: 'run'; readonly tests: readonly ElementId[] }
  | { readonly kind: 'generate'; readonly machine: ElementId }
);

/** From the thread. */
export type TestThreadMessage =
  | { readonly kind: 'started'; readonly test: ElementId }
  /** Null where the model has no such test. */
  | { readonly kind: 'ran'; readonly test: ElementId; readonly result: TestResult | null }
  | { readonly kind: 'generated'; readonly proposal: GeneratedTests | null }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };
