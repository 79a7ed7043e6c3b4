export * from './judge.ts';
export * from './measures.ts';
export * from './observed-interval.ts';
export * from './observed-measure.ts';
export * from './window-text.ts';
