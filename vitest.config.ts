import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
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
    // Threads and programs that tests start from sources need not compile what one before them did.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('./node_modules/.cache/pollux/compiled', import.meta.url)) },
    setupFiles: ['scripts/lib/same-examples.ts'],
  },
});
