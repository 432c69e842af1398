import { defineConfig } from 'vitest/config';

/** The queue on a real redis-server, which each file starts for itself. */
export default defineConfig({
  test: {
    include: ['tests/redis/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    globalSetup: ['tests/redis/install-redis.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
