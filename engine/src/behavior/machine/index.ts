export * from './compile-machine.ts';
export { type CompiledMachine, flag, type MachineCode } from './compiled-machine.ts';
export type { InstanceState } from './instance-store.ts';
export * from './machine-host.ts';
export * from './machine-recogniser.ts';
export * from './machine-runtime.ts';
export * from './machine-stepper.ts';
export type * from './occurrence.ts';
