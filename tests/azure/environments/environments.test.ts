import { afterAll, beforeAll, describe } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { unless } from '../../support/terraform/terraform.ts';
import { findTerraformAndSimulator } from '../tooling/simulator.ts';
import { AppliedEnvironment } from './applied-environment.ts';
import { describeEnvironment } from './environment-suite.ts';
import { describeRemoval } from './removal-suite.ts';
import { describeSlots } from './slots-suite.ts';

// The life of production by the specification's commands, from a subscription with nothing. Applying takes minutes,
// which are the provider's own pauses, so that savings and the end are tried beside the releases, on copies.
// `terraform test` plans all three environments, and says what they differ in.

const terraform = await findTerraformAndSimulator();

afterAll(stopEverything);

describe.skipIf(terraform.missing)(`production, applied${unless(terraform.missing)}`, () => {
  let applied: AppliedEnvironment;
  beforeAll(async () => {
    applied = await AppliedEnvironment.apply(terraform);
  });

  describeEnvironment(() => applied);
  describeSlots(() => applied);
  describeRemoval(() => applied);
});
