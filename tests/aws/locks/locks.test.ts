import { copyFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { step } from '../../support/steps.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { Simulator } from '../tooling/simulator.ts';

const terraform = await findTerraform();

// A part that takes seconds; what is locked is the state, whatever is applied.
const apply = ['apply', '-auto-approve', '-no-color', '-var-file=development.tfvars', '-target=aws_vpc.main'];

describe.skipIf(terraform.missing)(`two people who apply at the same time${unless(terraform.missing)}`, () => {
  let simulator: Simulator;
  let bucket: string;
  let first: TerraformFolder;
  let second: TerraformFolder;
  beforeAll(async () => {
    simulator = await Simulator.start();
    const bootstrap = new TerraformFolder(terraform, 'aws/bootstrap', environment());
    // The bucket alone: environments/ applies all of it.
    await step('locks: bucket of the state', async () => {
      await bootstrap.run(['init']);
      await bootstrap.run(['apply', '-auto-approve', '-target=module.state']);
    });
    bucket = (await bootstrap.run(['output', '-raw', 'state_bucket'])).stdout;
    [first, second] = await Promise.all([person(), person()]);
  });
  afterAll(async () => {
    simulator?.stop();
    await stopEverything();
  });

  function environment(): Record<string, string> {
    return { ...simulator.environment, TF_VAR_s3_use_path_style: 'true' };
  }

  /** A clone of somebody's, with the state in the bucket as README.md says. */
  async function person(): Promise<TerraformFolder> {
    const folder = new TerraformFolder(terraform, 'aws', environment());
    copyFileSync(join(folder.folder, 'backend_override.tf.example'), join(folder.folder, 'backend_override.tf'));
    await folder.run(['init', '-backend-config=backend.development.hcl', `-backend-config=bucket=${bucket}`]);
    return folder;
  }

  it('do not both change the state: the second learns who holds the lock', async () => {
    const running = first.start(apply);
    await running.until('stdout', /aws_vpc\.main: Creating/);
    const refused = await step('locks: a second apply', () => second.run([...apply, '-lock-timeout=0s'], [1]));
    expect(refused.stderr).toContain('Error acquiring the state lock');
    expect(refused.stderr).toContain(`Who:       ${userInfo().username}@${hostname()}`);
    expect(refused.stderr).toContain('Operation: OperationTypeApply');
    expect(refused.stderr).toContain(`Path:      ${bucket}/day-trade/development/terraform.tfstate`);
    expect(await running.finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 added') });
  });

  it('come one after the other when the second waits', async () => {
    const destroy = apply.with(0, 'destroy');
    const running = first.start(destroy);
    await running.until('stdout', /aws_vpc\.main: Destroying/);
    const waited = await second.run([...apply, '-lock-timeout=300s']);
    expect(await running.finished).toMatchObject({ exitCode: 0 });
    expect(waited.stdout).toContain('1 added');
    await second.run(destroy);
  });
});
