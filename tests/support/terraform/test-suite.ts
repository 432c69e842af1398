import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../running-process.ts';
import { step } from '../steps.ts';
import { environmentNames } from './declarations.ts';
import { keepProvider } from './running-provider.ts';
import { TerraformFolder, type TerraformThere, unless } from './terraform.ts';

const tests = join('tests', 'environments');

/**
 * Runs the cloud's own tests of each environment, and those of other files with the values of staging.
 * @param surroundings returns the variables that the provider needs beside its mock
 */
export function describeTerraformTest(
  cloud: 'aws' | 'azure',
  terraform: TerraformThere,
  others: readonly string[],
  surroundings?: () => Promise<Readonly<Record<string, string>>>,
): void {
  describe.skipIf(terraform.missing)(`terraform test with a mocked provider${unless(terraform.missing)}`, () => {
    let folder: TerraformFolder;

    beforeAll(async () => {
      folder = new TerraformFolder(terraform, cloud, await surroundings?.());
      // What is tested here is the provider that the lock file names, and so what everybody gets.
      await folder.run(['init', '-backend=false', '-lockfile=readonly', `-test-directory=${tests}`]);
      await keepProvider(folder);
    });
    afterAll(stopEverything);

    it.each([...environmentNames, ...others])('holds every assertion about %s', async (name) => {
      const variables = others.includes(name) ? 'staging' : name;
      const file = `-filter=${join(tests, `${name}.tftest.hcl`)}`;
      await expectTestsPass(folder, name, [`-test-directory=${tests}`, file, `-var-file=${variables}.tfvars`]);
    });
  });
}

/** Expects `terraform test` to run something, all of which passes. @throws Error with what does not hold */
export async function expectTestsPass(folder: TerraformFolder, of: string, options: readonly string[]): Promise<void> {
  const { stdout } = await step(`terraform test of ${of}`, () => folder.run(['test', '-no-color', ...options]));
  expect(stdout).toMatch(/^Success! [1-9]\d* passed, 0 failed\.$/m);
}
