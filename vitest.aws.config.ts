import { defineConfig } from 'vitest/config';

/** Terraform against the simulator: one file after another, since each starts processes of several hundred megabytes. */
export default defineConfig({
  test: {
    include: ['infrastructure/terraform/plan-guard/**/*.test.ts', 'tests/aws/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
