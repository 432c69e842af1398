import { defineConfig } from 'vitest/config';
import { beginFirst } from './tests/begin-first.ts';

/** Terraform against the simulator: two files at a time, since each starts processes of several hundred megabytes. */
export default defineConfig({
  test: {
    include: ['infrastructure/terraform/plan-guard/**/*.test.ts', 'tests/aws/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    maxWorkers: 2,
    pool: 'forks',
    sequence: { sequencer: beginFirst(/\/tests\/aws\/environments\//) },
  },
});
