import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { repositoryRoot } from '../../support/running-process.ts';
import { isThere, run, step } from '../../support/steps.ts';
import { checkov } from '../../support/terraform/checkov.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { lint, tflint } from '../../support/terraform/tflint.ts';
import { problemOf, readWaivers } from '../../support/waivers.ts';

const folder = join(repositoryRoot, 'infrastructure', 'terraform', 'aws');
const today = new Date().toISOString().slice(0, 10);
const terraform = await findTerraform();
const hasTrivy = await isThere('trivy', '--version');
const noTrivy = hasTrivy
  ? ''
  : 'trivy is not on the PATH, and a build of its Go module takes longer than this suite may';

describe('the Terraform code', () => {
  it.skipIf(terraform.missing)(`is formatted${unless(terraform.missing)}`, async () => {
    const { stdout } = await run('terraform', ['fmt', '-check', '-recursive', '-list=true', folder], {
      allowed: [0, 3],
    });
    expect(stdout).toBe('');
  });

  it.skipIf(terraform.missing).each(['aws', 'aws/bootstrap'])(
    `is valid without a warning: %s${unless(terraform.missing)}`,
    async (root) => {
      const copy = new TerraformFolder(terraform, root);
      await copy.run(['init', '-backend=false']);
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

  it.each(['development', 'staging', 'production'])('breaks no policy of checkov in %s', async (environment) => {
    const { results, summary } = await step(`checkov for ${environment}`, () =>
      checkov(folder, [`${environment}.tfvars`]),
    );
    figure(
      `aws: checkov for ${environment}`,
      `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} waived`,
    );
    expect(results.parsing_errors).toEqual([]);
    const failed = results.failed_checks.map((check) => `${check.check_id} ${check.resource}: ${check.check_name}`);
    expect(failed).toEqual([]);
    expect(summary.passed).toBeGreaterThan(150);
  });

  it('has at most 15 waivers, each with a reason and a day on which it ends', () => {
    const waivers = readWaivers(folder);
    figure('aws: policy waivers', waivers.length);
    for (const { id, where, reason } of waivers) console.log(`waived: ${id} at ${where}: ${reason}`);
    expect(waivers.length).toBeLessThanOrEqual(15);
    expect(waivers.flatMap((waiver) => problemOf(waiver, today) ?? [])).toEqual([]);
  });

  it.each([
    ['ended', { until: '2026-01-31' }, 'ended on 2026-01-31'],
    ['has no end', { until: undefined }, 'has no "until'],
    ['says nothing', { reason: 'why not (until 2099-01-01)' }, 'has no reason'],
  ])('takes no waiver that %s', (_, wrong, problem) => {
    const good = {
      where: 'a.tf:1',
      id: 'CKV_AWS_1',
      reason: 'Events have no reader here (until 2099-01-01)',
      until: '2099-01-01',
    };
    expect(problemOf(good, '2026-06-01')).toBeUndefined();
    expect(problemOf({ ...good, ...wrong }, '2026-06-01')).toContain(problem);
  });

  it.skipIf(!hasTrivy)(`breaks no rule of trivy${unless(noTrivy)}`, async () => {
    const quiet = ['config', '--quiet', '--format=json', '--severity=HIGH,CRITICAL', '--skip-check-update'];
    const variables = `--tf-vars=${join(folder, 'production.tfvars')}`;
    const { stdout } = await run('trivy', [...quiet, variables, folder]);
    const results: { Misconfigurations?: unknown[] }[] = JSON.parse(stdout).Results ?? [];
    expect(results.flatMap((result) => result.Misconfigurations ?? [])).toEqual([]);
  });
});
