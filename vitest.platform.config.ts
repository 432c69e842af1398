import { defineConfig } from 'vitest/config';

/** The suites that start real processes: minutes, not seconds; one after another, so that their figures mean something. */
export default defineConfig({
  test: {
    include: ['tests/platform/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 420_000,
    hookTimeout: 420_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
