import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../figure.ts';
import { stopEverything } from '../running-process.ts';
import { step } from '../steps.ts';
import { environmentNames } from './declarations.ts';
import { readTestRuns, type TestRun } from './read-test-run.ts';
import { TerraformFolder, type TerraformThere, unless } from './terraform.ts';

const tests = join('tests', 'environments');

interface TestSuite {
  /** Test files beside those of the environments, each with the values of staging. */
  readonly others: readonly string[];
  /** Says what the provider needs beside its mock. */
  readonly surroundings?: () => Promise<Readonly<Record<string, string>>>;
  /** Assertions about staging that development does not hold, and one that it does. */
  readonly broken: readonly string[];
  readonly held: string;
}

/** Runs the cloud's own tests, and shows that they can fail. */
export function describeTerraformTest(
  cloud: 'aws' | 'azure',
  terraform: TerraformThere,
  { others, surroundings, broken, held }: TestSuite,
): void {
  describe.skipIf(terraform.missing)(`terraform test with a mocked provider${unless(terraform.missing)}`, () => {
    let folder: TerraformFolder;
    const done: TestRun[] = [];

    beforeAll(async () => {
      folder = new TerraformFolder(terraform, cloud, await surroundings?.());
      // What is tested here is the provider that the lock file names, and so what everybody gets.
      await folder.run(['init', '-backend=false', '-lockfile=readonly', `-test-directory=${tests}`]);
    });
    afterAll(stopEverything);

    async function test(name: string, variables: string): Promise<TestRun[]> {
      const file = join(tests, `${name}.tftest.hcl`);
      const options = [`-test-directory=${tests}`, `-filter=${file}`, `-var-file=${variables}.tfvars`];
      const { stdout } = await step(`terraform test of ${name}`, () =>
        folder.run(['test', '-json', ...options], [0, 1]),
      );
      return readTestRuns(stdout, join(folder.folder, file));
    }

    it.each([...environmentNames, ...others])('holds every assertion about %s', async (name) => {
      const runs = await test(name, others.includes(name) ? 'staging' : name);
      done.push(...runs);
      expectAllHold(runs);
    });

    it('counts at least 40 assertions', () => {
      const assertions = done.filter((run) => run.passed).reduce((sum, run) => sum + run.assertions, 0);
      figure(`${cloud}: assertions of terraform test`, assertions);
      expect(assertions).toBeGreaterThanOrEqual(40);
    });

    it('shows the assertions that another environment does not hold', async () => {
      const [run] = await test('staging', 'development');
      expect(run).toMatchObject({ passed: false });
      expect(run?.failures).toEqual(expect.arrayContaining([...broken]));
      expect(run?.failures).not.toContain(held);
    });
  });
}

/** Expects runs, each with assertions, all of which hold. */
export function expectAllHold(runs: readonly TestRun[]): void {
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.flatMap((run) => run.failures)).toEqual([]);
  expect(runs.filter((run) => !run.passed || run.assertions === 0)).toEqual([]);
}
