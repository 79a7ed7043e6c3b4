export * from './otlp/index.ts';
export { type SimulateInWorkersOptions, simulateInWorkers } from './simulation/simulate-in-workers.ts';
export { setWorkerEntry } from './simulation/worker-entry.ts';
export type * from './twin/twin-report.ts';
