import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { step } from '../../support/steps.ts';
import { readTestRuns } from '../../support/terraform/read-test-run.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { describeTerraformTest, expectAllHold } from '../../support/terraform/test-suite.ts';

const terraform = await findTerraform();

afterAll(stopEverything);

describeTerraformTest('aws', terraform, {
  others: ['choices'],
  broken: [
    'Each zone must have a way out of its own, as in production.',
    'The database must be protected, with backups of two weeks.',
  ],
  held: 'Nothing may be copied to a second region.',
});

it.skipIf(terraform.missing)(`holds every assertion about bootstrap${unless(terraform.missing)}`, async () => {
  const bootstrap = new TerraformFolder(terraform, join('aws', 'bootstrap'));
  await bootstrap.run(['init', '-backend=false', '-lockfile=readonly']);
  const { stdout } = await step('terraform test of bootstrap', () => bootstrap.run(['test', '-json'], [0, 1]));
  const runs = readTestRuns(stdout, join(bootstrap.folder, 'tests', 'accounts.tftest.hcl'));
  expect(runs).toHaveLength(5);
  expectAllHold(runs);
});
