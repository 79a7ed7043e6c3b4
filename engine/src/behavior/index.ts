export * from './activity/index.ts';
export * from './instance-key.ts';
export * from './interaction/index.ts';
export * from './machine/index.ts';
