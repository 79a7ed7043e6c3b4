export * from './arrival-book.ts';
export * from './observed-load.ts';
export * from './seen-names.ts';
export * from './state.ts';
export type { TraceOutcome } from './trace-watch.ts';
export * from './twin-session.ts';
