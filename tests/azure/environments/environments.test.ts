import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { type EnvironmentName, environmentNames } from '../../support/terraform/declarations.ts';
import { unless } from '../../support/terraform/terraform.ts';
import { findTerraformAndSimulator, Simulator } from '../tooling/simulator.ts';
import { AppliedEnvironment, environmentFolder } from './applied-environment.ts';
import { describeEnvironment } from './environment-suite.ts';
import { describeSlots } from './slots-suite.ts';

// The life of an environment by the specification's commands, from a subscription with nothing.
// Applying takes minutes, which are the provider's own pauses; so production is applied here, the others are planned.
// DAYTRADE_TEST_AZURE=all applies all three, one after another, and destroys each.

const terraform = await findTerraformAndSimulator();
const isWhole = process.env.DAYTRADE_TEST_AZURE === 'all';
const applies: readonly EnvironmentName[] = isWhole ? environmentNames : ['production'];

afterAll(stopEverything);

for (const name of applies) {
  describe.skipIf(terraform.missing)(`${name}, applied${unless(terraform.missing)}`, () => {
    let applied: AppliedEnvironment;
    beforeAll(async () => {
      applied = await AppliedEnvironment.apply(name, terraform);
    });
    afterAll(() => applied?.simulator.stop());

    describeEnvironment(name, () => applied);
    if (name === 'production') describeSlots(() => applied);

    it.skipIf(!isWhole)('leaves nothing when it is destroyed', async () => {
      expect(await applied.destroy()).toEqual(applied.before);
    });
  });
}

// A group of tests without a test fails.
const noneLeft = isWhole || terraform.missing !== '';

describe.skipIf(noneLeft)(`an environment that is not applied${unless(terraform.missing)}`, () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await Simulator.start();
  });
  afterAll(() => simulator?.stop());

  it.each(environmentNames.filter((name) => !applies.includes(name)))('is planned whole: %s', async (name) => {
    const folder = environmentFolder(name, terraform, simulator);
    await folder.run(['init']);
    const plan = ['plan', '-no-color', `-var-file=${name}.tfvars`, '-detailed-exitcode'];
    const { stdout } = await folder.run(plan, [2]);
    expect(stdout).toMatch(/Plan: \d{2,3} to add, 0 to change, 0 to destroy\./);
  });
});
