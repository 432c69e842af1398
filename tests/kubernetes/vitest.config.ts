import { suite } from '../suite.ts';
import { ByName } from './by-name.ts';

/** The scenarios share installed releases, so their files run one after another in the order of their names. */
export default suite('kubernetes', {
  include: ['tests/kubernetes/*.test.ts'],
  leavesServers: true,
  globalSetup: ['tests/kubernetes/cluster/prepare-cluster.ts'],
  testTimeout: 600_000,
  hookTimeout: 600_000,
  sequence: { sequencer: ByName },
});
