import { suite } from '../suite.ts';

/** By hand and weekly: half an hour on two processors. The first step that fails ends it. */
export default suite('rehearsal', {
  leavesServers: true,
  globalSetup: ['tests/kubernetes/cluster/prepare-cluster.ts'],
  testTimeout: 3_600_000,
  hookTimeout: 900_000,
  bail: 1,
});
