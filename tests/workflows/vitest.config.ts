import { suite } from '../suite.ts';

/** `DAYTRADE_TEST_ACT=1`: the workflows themselves are run as well, by act, which takes minutes. */
const withAct = process.env.DAYTRADE_TEST_ACT === '1';

/** The workflows of GitHub and the scripts that they run: no cloud, no cluster, seconds. */
export default suite('workflows', {
  include: ['tests/workflows/**/*.test.ts'],
  exclude: ['**/node_modules/**', ...(withAct ? [] : ['tests/workflows/act/**'])],
  testTimeout: withAct ? 1_800_000 : 120_000,
  hookTimeout: 240_000,
});
