import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectFollowed, policySettings } from '../checkov.ts';
import { figure } from '../figure.ts';
import { repositoryRoot } from '../running-process.ts';
import { run } from '../steps.ts';
import { readDeclarations } from '../terraform/declarations.ts';
import type { TerraformFolder } from '../terraform/terraform.ts';

const terraformFolder = join(repositoryRoot, 'infrastructure', 'terraform');

/** What is asked of the code of a small environment. */
export function describeRoot(cloud: 'aws' | 'azure', find: () => TerraformFolder): void {
  const name = `${cloud}-small`;
  const folder = join(terraformFolder, name);

  it('is short, formatted, and valid without a warning', async () => {
    const texts = globSync('*.tf', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
    const lines = texts.join('').split('\n').length;
    figure(`${name}: lines of Terraform`, lines);
    expect(lines).toBeLessThan(250);
    for (const checked of [folder, join(terraformFolder, 'small-machine')]) {
      await run('terraform', ['fmt', '-check', checked], { environment: { TF_CLI_CONFIG_FILE: '' } });
    }
    const { stdout } = await find().run(['validate', '-json']);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, warning_count: 0 });
    const declared = readDeclarations(folder);
    expect(declared.filter(({ description }) => (description ?? '').length < 10)).toEqual([]);
  });

  it('is not changed by a second plan', async () => {
    const { exitCode, stdout } = await find().run(['plan', '-detailed-exitcode'], [0, 2]);
    expect(stdout).toContain('No changes.');
    expect(exitCode).toBe(0);
  });

  it('breaks no policy of checkov but for those waived for all roots or at a resource', async () => {
    const args = ['--directory', folder, ...policySettings];
    await expectFollowed({ name, framework: 'terraform', args, atLeast: 25 });
  });

  // Terraform reports all wrong values of one plan.
  it('refuses wrong values', async () => {
    const address = 'Must begin with https://';
    const more =
      cloud === 'aws'
        ? { disk_gigabytes: ['8', 'Must be 20 to 1000.'] }
        : {
            ssh_cidrs: ['["0.0.0.0/0"]', 'of /16 or smaller'],
            ssh_public_key: ['password', 'Must begin with ssh-ed25519 or ssh-rsa.'],
          };
    await expectRefused({
      release_url: ['http://releases.example/day-trade-0.1.0-linux-arm64.tar.gz', address],
      release_sha256: ['none', 'Must be 64 hexadecimal digits'],
      ...more,
    });
    await expectRefused({ release_url: ['https://releases.example/day-trade-0.1.0-linux-x64.tar.gz', address] });
  });

  async function expectRefused(wrong: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const options = Object.entries(wrong).map(([variable, [value]]) => `-var=${variable}=${value}`);
    const { stderr } = await find().run(['plan', '-no-color', '-refresh=false', ...options], [1]);
    const refusals = stderr.replaceAll(/[\s│]+/g, ' ');
    for (const [, message = ''] of Object.values(wrong)) expect(refusals).toContain(message);
    expect(refusals.match(/Error: Invalid value for variable/g)).toHaveLength(options.length);
  }
}
