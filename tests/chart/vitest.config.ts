import { suite } from '../suite.ts';

/**
 * Static checks of the chart and of the manifests: no cluster, but helm, kubeconform and what the registries of Go and
 * Python have.
 */
export default suite('chart', {
  setupFiles: ['tests/chart/programs-on-path.ts'],
  testTimeout: 420_000,
  hookTimeout: 420_000,
  fileParallelism: true,
  maxWorkers: 2,
});
