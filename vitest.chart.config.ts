import { defineConfig } from 'vitest/config';

/** Static checks of the chart and of the manifests: no cluster, but helm, kubeconform and what the registries of Go and Python have. */
export default defineConfig({
  test: {
    include: ['tests/chart/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    setupFiles: ['tests/chart/programs-on-path.ts'],
    testTimeout: 420_000,
    hookTimeout: 420_000,
    maxWorkers: 2,
  },
});
