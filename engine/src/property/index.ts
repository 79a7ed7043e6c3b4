export * from './judge.ts';
export * from './measures.ts';
