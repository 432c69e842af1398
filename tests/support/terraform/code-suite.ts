import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectFollowed, policySettings } from '../checkov.ts';
import { repositoryRoot, stopEverything } from '../running-process.ts';
import { run } from '../steps.ts';
import { commentForm, expectWaivers, settingForm } from '../waivers.ts';
import { findTerraform, TerraformFolder, unless } from './terraform.ts';

const terraform = await findTerraform();

/** A line of `skip-check` whose policy is not given up: one of ours in a file stands for it. */
const replacement = /^ {2}- CKV2?_([A-Z]+)_(\d+) # replaced by (policies\/[\w-]+\.yaml)$/;

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

/** Checks what checkov says of the code in each environment, and what it is kept from saying in all roots together. */
function describePolicies(cloud: 'aws' | 'azure', atLeast: number): void {
  const roots = join(repositoryRoot, 'infrastructure', 'terraform');
  const replacements = readFileSync(join(roots, '.checkov.yaml'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, of = '', number = '', file = ''] = replacement.exec(line) ?? [];
      if (file === '') return [];
      const text = readFileSync(join(roots, file), 'utf8');
      return [{ of, number, text, id: /^ {2}id: (\w+)$/m.exec(text)?.[1] ?? `${file} has no id` }];
    });

  // Staging switches on nothing that neither of these has.
  it.each(['development', 'production'])('breaks no policy of checkov in %s', async (environment) => {
    const variables = ['--var-file', join(roots, cloud, `${environment}.tfvars`)];
    const args = ['--directory', join(roots, cloud), ...variables, ...policySettings];
    const name = `${cloud}, ${environment}`;
    const followed = await expectFollowed({ name, framework: 'terraform', args, atLeast });
    // A policy of ours that is about nothing would pass as well.
    const ours = replacements.filter(({ of }) => of === cloud.toUpperCase());
    expect(ours.map(({ id }) => id).filter((id) => !followed.has(id))).toEqual([]);
  });

  it('has at most 20 waivers in the four roots, each with a reason and a day on which it ends', () => {
    expectWaivers(roots, '{.checkov.yaml,**/*.tf}', [settingForm, commentForm], 20);
    // Each policy of ours says which it stands for.
    expect(replacements.filter(({ number, text }) => !text.includes(number))).toEqual([]);
  });
}
