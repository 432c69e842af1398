import { defineConfig } from 'vitest/config';

/** The storage suites on a PostgreSQL server and on a server of the S3 API, which the tests start. */
export default defineConfig({
  test: {
    include: ['tests/postgres/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
