import { suite } from '../suite.ts';

/** The Dockerfile, built and run without a daemon and without a registry. */
export default suite('docker', { testTimeout: 300_000, hookTimeout: 900_000 });
