import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'extension/test/host/**', 'extension/test/ui/**'],
    passWithNoTests: false,
  },
});
