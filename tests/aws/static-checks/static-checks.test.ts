import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { repositoryRoot, stopEverything } from '../../support/running-process.ts';
import { isThere, run } from '../../support/steps.ts';
import { describePolicies } from '../../support/terraform/policy-suite.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { lint, tflint } from '../../support/terraform/tflint.ts';

const folder = join(repositoryRoot, 'infrastructure', 'terraform', 'aws');
const terraform = await findTerraform();
const hasTrivy = await isThere('trivy', '--version');
const noTrivy = hasTrivy
  ? ''
  : 'trivy is not on the PATH, and a build of its Go module takes longer than this suite may';

afterAll(stopEverything);

describe('the Terraform code', () => {
  it.skipIf(terraform.missing)(`is formatted${unless(terraform.missing)}`, async () => {
    const { stdout } = await run('terraform', ['fmt', '-check', '-recursive', '-list=true', folder], {
      allowed: [0, 3],
    });
    expect(stdout).toBe('');
  });

  it.skipIf(terraform.missing).each(['aws', 'aws/bootstrap'])(
    `is valid without a warning, with the provider of the lock file: %s${unless(terraform.missing)}`,
    async (root) => {
      const copy = new TerraformFolder(terraform, root);
      await copy.run(['init', '-backend=false', '-lockfile=readonly']);
      const { stdout } = await copy.run(['validate', '-json'], [0, 1]);
      expect(JSON.parse(stdout)).toMatchObject({ valid: true, warning_count: 0, diagnostics: [] });
    },
  );

  // The first time it is built, beside other suites.
  it('follows the rules of tflint', { timeout: 1_200_000 }, async ({ skip }) => {
    const { path, missing } = await tflint();
    if (missing !== '') return skip(missing);
    const { issues, errors } = await lint(path, folder);
    figure('aws: tflint issues', issues.length);
    expect({ issues, errors }).toEqual({ issues: [], errors: [] });
  });

  describePolicies('aws', 150);

  it.skipIf(!hasTrivy)(`breaks no rule of trivy${unless(noTrivy)}`, async () => {
    const quiet = ['config', '--quiet', '--format=json', '--severity=HIGH,CRITICAL', '--skip-check-update'];
    const variables = `--tf-vars=${join(folder, 'production.tfvars')}`;
    const { stdout } = await run('trivy', [...quiet, variables, folder]);
    const results: { Misconfigurations?: unknown[] }[] = JSON.parse(stdout).Results ?? [];
    expect(results.flatMap((result) => result.Misconfigurations ?? [])).toEqual([]);
  });
});
