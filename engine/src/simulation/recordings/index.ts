export * from './with-observed.ts';
export * from './with-recordings.ts';
