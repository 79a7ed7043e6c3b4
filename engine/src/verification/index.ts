export * from './environment.ts';
export * from './event-item.ts';
export * from './exploration.ts';
export * from './explore-machine.ts';
export * from './finding.ts';
export * from './tried-values.ts';
