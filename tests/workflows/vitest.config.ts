import { suite } from '../suite.ts';

/** The workflows of GitHub and the scripts that they run: no cloud, no cluster, seconds. */
export default suite('workflows', {
  include: ['tests/workflows/**/*.test.ts'],
  testTimeout: 120_000,
  hookTimeout: 240_000,
});
