import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{packages,services,apps}/*/src/**/*.test.ts',
      'tests/architecture/**/*.test.ts',
      'tests/kubernetes/load/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
