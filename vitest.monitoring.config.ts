import { defineConfig } from 'vitest/config';

/** Rules and dashboards, with Prometheus' own tool. */
export default defineConfig({
  test: {
    include: ['tests/monitoring/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
