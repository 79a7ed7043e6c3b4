import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'extension/test/host/**', 'extension/test/ui/**'],
    passWithNoTests: false,
    // No test is about time: a busy machine must not decide.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
