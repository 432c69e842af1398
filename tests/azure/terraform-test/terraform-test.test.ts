import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { stopEverything } from '../../support/running-process.ts';
import { step } from '../../support/steps.ts';
import { readTestRuns, type TestRun } from '../../support/terraform/read-test-run.ts';
import { TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { findTerraformAndSimulator, Simulator } from '../tooling/simulator.ts';

const terraform = await findTerraformAndSimulator();
const tests = join('tests', 'environments');

describe.skipIf(terraform.missing)(`terraform test with a mocked provider${unless(terraform.missing)}`, () => {
  let folder: TerraformFolder;
  const done: TestRun[] = [];

  beforeAll(async () => {
    // The provider of ephemeral resources, which cannot be mocked, signs in and asks nothing.
    const simulator = await Simulator.start();
    folder = new TerraformFolder(terraform, 'azure', simulator.environment);
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
    ['identities', 'staging'],
  ])('holds every assertion about %s', async (name, variables) => {
    const runs = await test(name, variables);
    done.push(...runs);
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.flatMap((run) => run.failures)).toEqual([]);
    expect(runs.filter((run) => !run.passed || run.assertions === 0)).toEqual([]);
  });

  it('counts at least 40 assertions', () => {
    const assertions = done.filter((run) => run.passed).reduce((sum, run) => sum + run.assertions, 0);
    figure('azure: assertions of terraform test', assertions);
    expect(assertions).toBeGreaterThanOrEqual(40);
  });

  it('shows the assertions that another environment does not hold', async () => {
    const [run] = await test('staging', 'development');
    expect(run).toMatchObject({ passed: false });
    expect(run?.failures).toContain('There must be as many groups as in production.');
    expect(run?.failures).not.toContain('Every subnet must be closed but for what is named.');
  });
});
