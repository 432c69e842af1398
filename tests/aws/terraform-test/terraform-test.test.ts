import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { stopEverything } from '../../support/running-process.ts';
import { step } from '../../support/steps.ts';
import { readTestRuns, type TestRun } from '../../support/terraform/read-test-run.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';

const terraform = await findTerraform();
const tests = join('tests', 'environments');

describe.skipIf(terraform.missing)(`terraform test with a mocked provider${unless(terraform.missing)}`, () => {
  let folder: TerraformFolder;
  const done: TestRun[] = [];

  beforeAll(async () => {
    folder = new TerraformFolder(terraform, 'aws');
    // What is tested here is the provider that the lock file names, and so what everybody gets.
    await folder.run(['init', '-backend=false', '-lockfile=readonly', `-test-directory=${tests}`]);
  });
  afterAll(stopEverything);

  async function test(name: string, variables: string): Promise<TestRun[]> {
    const file = join(tests, `${name}.tftest.hcl`);
    const options = [`-test-directory=${tests}`, `-filter=${file}`, `-var-file=${variables}.tfvars`];
    const { stdout } = await step(`terraform test of ${name}`, () => folder.run(['test', '-json', ...options], [0, 1]));
    return readTestRuns(stdout, join(folder.folder, file));
  }

  it.each([
    ['development', 'development'],
    ['staging', 'staging'],
    ['production', 'production'],
    ['choices', 'staging'],
  ])('holds every assertion about %s', async (name, variables) => {
    const runs = await test(name, variables);
    done.push(...runs);
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.flatMap((run) => run.failures)).toEqual([]);
    expect(runs.filter((run) => !run.passed || run.assertions === 0)).toEqual([]);
  });

  it('holds every assertion about bootstrap', async () => {
    const bootstrap = new TerraformFolder(terraform, join('aws', 'bootstrap'));
    await bootstrap.run(['init', '-backend=false', '-lockfile=readonly']);
    const { stdout } = await step('terraform test of bootstrap', () => bootstrap.run(['test', '-json'], [0, 1]));
    const runs = readTestRuns(stdout, join(bootstrap.folder, 'tests', 'accounts.tftest.hcl'));
    expect(runs.map((run) => run.name)).toHaveLength(5);
    expect(runs.flatMap((run) => run.failures)).toEqual([]);
    expect(runs.filter((run) => !run.passed || run.assertions === 0)).toEqual([]);
  });

  it('counts at least 40 assertions', () => {
    const assertions = done.filter((run) => run.passed).reduce((sum, run) => sum + run.assertions, 0);
    figure('aws: assertions of terraform test', assertions);
    expect(assertions).toBeGreaterThanOrEqual(40);
  });

  it('shows the assertions that another environment does not hold', async () => {
    const [run] = await test('staging', 'development');
    expect(run).toMatchObject({ passed: false });
    expect(run?.failures).toContain('Each zone must have a way out of its own, as in production.');
    expect(run?.failures).toContain('The database must be protected, with backups of two weeks.');
    expect(run?.failures).not.toContain('Nothing may be copied to a second region.');
  });
});
