import { defineConfig } from 'vitest/config';

/** The Dockerfile, built and run without a daemon and without a registry. */
export default defineConfig({
  test: {
    include: ['tests/docker/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
