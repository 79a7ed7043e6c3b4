export type * from './live/live-messages.ts';
export * from './live/start-live-run.ts';
export * from './otlp/index.ts';
export * from './replay.ts';
export { type SimulateInWorkersOptions, simulateInWorkers } from './simulation/simulate-in-workers.ts';
export { setWorkerEntry } from './simulation/worker-entry.ts';
export * from './testing/run-tests-in-worker.ts';
export type * from './twin/twin-report.ts';
export { TwinService, type TwinServiceOptions } from './twin/twin-service.ts';
