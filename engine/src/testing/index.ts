export * from './run-test.ts';
export * from './test-result.ts';
