export { type CoreFigures, together } from './core-figures.ts';
export { Cores } from './cores.ts';
export { mayChange } from './may-change.ts';
export type { Scheduling } from './station.ts';
export { Stations } from './stations.ts';
