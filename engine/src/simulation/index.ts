export { actionsOf, reachedActivities } from './activities/reached-activities.ts';
export {
  type CompiledScenario,
  compileScenario,
} from './compile-scenario.ts';
export * from './experiment/index.ts';
export { impossible } from './impossible.ts';
export { inputTime } from './live/input-time.ts';
export * from './live/live-inputs.ts';
export * from './live/live-run.ts';
export type * from './live/live-state.ts';
export type { LiveVerdict } from './live/live-verdicts.ts';
export * from './merge-replications.ts';
export { inActivity, type NotExecutable, notExecutable } from './not-executable/index.ts';
export * from './recordings/index.ts';
export * from './result.ts';
export * from './run-replication.ts';
export * from './simulate.ts';
