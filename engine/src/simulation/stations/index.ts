export { type BackgroundStream, backgroundsOf } from './backgrounds.ts';
export { type CoreFigures, together } from './core-figures.ts';
export { Cores } from './cores.ts';
export { Stations } from './stations.ts';
export { TokenHeap, TokenRanks } from './token-heap.ts';
