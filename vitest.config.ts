import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'extension/test/host/**', 'extension/test/ui/**'],
    passWithNoTests: false,
    // No test is about time: a busy machine must not decide.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // All cores: vitest would leave one to a watcher that nobody is.
    maxWorkers: availableParallelism(),
    setupFiles: ['scripts/lib/same-examples.ts'],
  },
});
