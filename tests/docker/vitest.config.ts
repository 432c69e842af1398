import { suite } from '../suite.ts';

/**
 * The Dockerfile, built and run without a daemon and without a registry. In continuous integration it has what is left
 * beside a cluster, so its build may take many times as long as alone.
 */
export default suite('docker', { testTimeout: 300_000, hookTimeout: 1_300_000 });
