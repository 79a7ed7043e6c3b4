export type * from './activity-host.ts';
export * from './activity-runtime.ts';
export * from './activity-store.ts';
export * from './activity-times.ts';
export { batchOf, compileActivities } from './compile-activity.ts';
export type {
  ActivityProgram,
  CompiledActivity,
  CompiledClaim,
  DelegatedWork,
  ResourceAmount,
} from './compiled-activity.ts';
