import { describeTerraformTest } from '../../support/terraform/test-suite.ts';
import { findTerraformAndSimulator, Simulator } from '../tooling/simulator.ts';

describeTerraformTest('azure', await findTerraformAndSimulator(), {
  others: ['choices', 'identities'],
  // The provider of ephemeral resources, which cannot be mocked, signs in and asks nothing.
  surroundings: async () => (await Simulator.start()).environment,
  broken: ['There must be as many groups as in production.'],
  held: 'Every subnet must be closed but for what is named.',
});
