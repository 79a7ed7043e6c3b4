export type { Branch, Execution, ReachedStep } from './execution.ts';
export * from './generate-tests.ts';
export { InteractionSubject } from './interaction-subject.ts';
export * from './play-test.ts';
export * from './run-test.ts';
export type { Spectator } from './spectator.ts';
export { type Instance, type Subject, UNDER_TEST } from './subject.ts';
export * from './test-result.ts';
