export * from './generate-tests.ts';
export * from './run-test.ts';
export * from './test-result.ts';
