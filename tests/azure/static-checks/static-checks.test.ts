import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot, stopEverything } from '../../support/running-process.ts';
import { run } from '../../support/steps.ts';
import { describePolicies } from '../../support/terraform/policy-suite.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';

const folder = join(repositoryRoot, 'infrastructure', 'terraform', 'azure');
const terraform = await findTerraform();

afterAll(stopEverything);

describe('the Terraform code', () => {
  it.skipIf(terraform.missing)(`is formatted${unless(terraform.missing)}`, async () => {
    const check = ['fmt', '-check', '-recursive', '-list=true', folder];
    const { stdout } = await run('terraform', check, { allowed: [0, 3], environment: { TF_CLI_CONFIG_FILE: '' } });
    expect(stdout).toBe('');
  });

  it.skipIf(terraform.missing).each(['azure', 'azure/bootstrap'])(
    `is valid without a warning, with the provider of the lock file: %s${unless(terraform.missing)}`,
    async (root) => {
      const copy = new TerraformFolder(terraform, root);
      await copy.run(['init', '-backend=false', '-lockfile=readonly']);
      const { stdout } = await copy.run(['validate', '-json'], [0, 1]);
      expect(JSON.parse(stdout)).toMatchObject({ valid: true, warning_count: 0, diagnostics: [] });
    },
  );

  describePolicies('azure', 90);
});
