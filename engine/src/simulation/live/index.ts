/** What whoever shows a live run needs of it; running one is beside it. */

export { scaledLaw } from '../experiment/scaled-law.ts';
export { inputTime } from './input-time.ts';
export * from './live-inputs.ts';
export type { LiveFrame, LiveInput } from './live-run.ts';
export type * from './live-state.ts';
export type { LiveVerdict } from './live-verdicts.ts';
