export * from './with-recordings.ts';
