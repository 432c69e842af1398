import { describeTerraformTest } from '../../support/terraform/test-suite.ts';
import { findTerraformAndSimulator, Simulator } from '../tooling/simulator.ts';

const others = ['choices', 'identities'];
// The provider of ephemeral resources, which cannot be mocked, signs in and asks nothing.
describeTerraformTest('azure', await findTerraformAndSimulator(), others, async () => {
  return (await Simulator.start()).environment;
});
