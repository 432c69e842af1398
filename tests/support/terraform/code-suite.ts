import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { figure } from '../figure.ts';
import { repositoryRoot, stopEverything } from '../running-process.ts';
import { run, step } from '../steps.ts';
import { problemOf, readWaivers, waiversIn } from '../waivers.ts';
import { checkov, settingsOf } from './checkov.ts';
import { environmentNames } from './declarations.ts';
import { findTerraform, TerraformFolder, unless } from './terraform.ts';

const terraform = await findTerraform();
const mostWaivers = 15;
const today = new Date().toISOString().slice(0, 10);

/** A line of `skip-check` whose policy is not given up: one of ours in a file stands for it. */
const replacement = /^ {2}- CKV2?_[A-Z]+_(\d+) # replaced by (policies\/[\w-]+\.yaml)$/;
/** Any other line of it: a waiver for every resource of a kind, with its reason. */
const waiverForm = /^ {2}- (CKV2?_\w+)(?! # replaced by)\s*(?:#\s*(.*))?$/;

/** Checks the code of a cloud without a plan of it: its form, its validity, and the policies of checkov. */
export function describeCode(cloud: 'aws' | 'azure', atLeast: number): void {
  describe('the Terraform code', () => {
    afterAll(stopEverything);

    it.skipIf(terraform.missing)(`is formatted${unless(terraform.missing)}`, async () => {
      const folder = join(repositoryRoot, 'infrastructure', 'terraform', cloud);
      const check = ['fmt', '-check', '-recursive', '-list=true', folder];
      const { stdout } = await run('terraform', check, { allowed: [0, 3], environment: { TF_CLI_CONFIG_FILE: '' } });
      expect(stdout).toBe('');
    });

    it.skipIf(terraform.missing).each([cloud, `${cloud}/bootstrap`])(
      `is valid without a warning, with the provider of the lock file: %s${unless(terraform.missing)}`,
      async (root) => {
        const copy = new TerraformFolder(terraform, root);
        await copy.run(['init', '-backend=false', '-lockfile=readonly']);
        const { stdout } = await copy.run(['validate', '-json'], [0, 1]);
        expect(JSON.parse(stdout)).toMatchObject({ valid: true, warning_count: 0, diagnostics: [] });
      },
    );

    describePolicies(cloud, atLeast);
  });
}

/** Checks what checkov says of the code in each environment, and what it is kept from saying. */
function describePolicies(cloud: 'aws' | 'azure', atLeast: number): void {
  const folder = join(repositoryRoot, 'infrastructure', 'terraform', cloud);
  const settings = settingsOf(folder);
  const lines = settings === undefined ? '' : readFileSync(settings, 'utf8');
  const replacements = lines.split('\n').flatMap((line) => {
    const [, number = '', file = ''] = replacement.exec(line) ?? [];
    if (file === '') return [];
    const text = readFileSync(join(folder, file), 'utf8');
    return [{ number, text, id: /^ {2}id: (\w+)$/m.exec(text)?.[1] ?? `${file} has no id` }];
  });

  it.each(environmentNames)('breaks no policy of checkov in %s', async (environment) => {
    const { results, summary } = await step(`checkov for ${environment}`, () =>
      checkov(folder, [`${environment}.tfvars`]),
    );
    figure(
      `${cloud}: checkov for ${environment}`,
      `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} waived`,
    );
    expect(results.parsing_errors).toEqual([]);
    const failed = results.failed_checks.map((check) => `${check.check_id} ${check.resource}: ${check.check_name}`);
    expect(failed).toEqual([]);
    expect(summary.passed).toBeGreaterThan(atLeast);
    // A policy of ours that is about nothing would pass as well.
    const followed = new Set(results.passed_checks.map((check) => check.check_id));
    expect(replacements.map(({ id }) => id).filter((id) => !followed.has(id))).toEqual([]);
  });

  it(`has at most ${mostWaivers} waivers, each with a reason and a day on which it ends`, () => {
    const waivers = [...readWaivers(folder), ...waiversIn(lines, '.checkov.yaml', [waiverForm])];
    figure(`${cloud}: policy waivers`, waivers.length);
    for (const { id, where, reason } of waivers) console.log(`waived: ${id} at ${where}: ${reason}`);
    expect(waivers.length).toBeLessThanOrEqual(mostWaivers);
    expect(waivers.flatMap((waiver) => problemOf(waiver, today) ?? [])).toEqual([]);
    // Each policy of ours says which it stands for.
    expect(replacements.filter(({ number, text }) => !text.includes(number))).toEqual([]);
  });
}
