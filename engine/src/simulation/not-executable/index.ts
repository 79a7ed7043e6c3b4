export * from './not-executable.ts';
