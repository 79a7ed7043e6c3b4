export * from './interaction/index.ts';
export * from './machine/index.ts';
