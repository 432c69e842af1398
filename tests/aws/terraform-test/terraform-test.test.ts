import { join } from 'node:path';
import { afterAll, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { keepProvider } from '../../support/terraform/running-provider.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { describeTerraformTest, expectTestsPass } from '../../support/terraform/test-suite.ts';

const terraform = await findTerraform();

afterAll(stopEverything);

describeTerraformTest('aws', terraform, ['choices']);

it.skipIf(terraform.missing)(`holds every assertion about bootstrap${unless(terraform.missing)}`, async () => {
  const bootstrap = new TerraformFolder(terraform, join('aws', 'bootstrap'));
  await bootstrap.run(['init', '-backend=false', '-lockfile=readonly']);
  await keepProvider(bootstrap);
  await expectTestsPass(bootstrap, 'bootstrap', []);
});
