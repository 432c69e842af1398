import { expect, it } from 'vitest';
import { figure } from '../figure.ts';
import { step } from '../steps.ts';
import type { TerraformFolder } from './terraform.ts';

/** What an apply leaves behind. */
export interface AppliedTerraform {
  readonly terraform: TerraformFolder;
  /** The plan that was applied, as `show -json` prints it; the plan itself is the folder's plan.bin. */
  readonly plan: string;
  /** Everything that `plan` and `apply` printed. */
  readonly output: string;
  /** 0 for an empty second plan, 2 for one with changes; and its output. */
  readonly secondPlan: { readonly exitCode: number | null; readonly stdout: string };
}

/** Runs `init`, `plan` and `apply` with options. @throws Error with what Terraform and the simulator said */
export async function applyProductionOn(
  simulator: { readonly lastError: string },
  terraform: TerraformFolder,
  options: readonly string[],
): Promise<Pick<AppliedTerraform, 'plan' | 'output'>> {
  const run = (title: string, args: readonly string[]) =>
    step(`production: terraform ${title}`, () => terraform.run(args));
  await run('init', ['init']);
  const planned = await run('plan', ['plan', ...options, '-out=plan.bin']);
  const { stdout: plan } = await terraform.run(['show', '-json', 'plan.bin']);
  const applied = await run('apply', ['apply', 'plan.bin']).catch((error: unknown) => {
    throw new Error(`${String(error)}\nthe simulator's last error: ${simulator.lastError}`, { cause: error });
  });
  return { plan, output: planned.stdout + planned.stderr + applied.stdout + applied.stderr };
}

/** Runs a second `plan`, which may find changes. */
export function planAgain(terraform: TerraformFolder, options: readonly string[]) {
  const args = ['plan', ...options, '-lock=false', '-detailed-exitcode'];
  return step('production: terraform second plan', () => terraform.run(args, [0, 2]));
}

/**
 * Checks what holds of every environment that was applied.
 * @param shown a line that `terraform state show` prints of a resource
 */
export function describeApplied(
  cloud: 'aws' | 'azure',
  find: () => AppliedTerraform,
  [address, shown]: readonly [address: string, shown: RegExp],
): void {
  it('is what was planned', async () => {
    const changes: { change: { actions: string[] } }[] = JSON.parse(find().plan).resource_changes;
    const created = changes.filter(({ change }) => change.actions.includes('create'));
    const { stdout } = await find().terraform.run(['state', 'list']);
    const managed = stdout.split('\n').filter((line) => line !== '' && !/(^|\.)data\./.test(line));
    figure(`${cloud}: resources`, managed.length);
    expect(managed).toHaveLength(created.length);
  });

  it('is not changed by a second plan', () => {
    expect(find().secondPlan).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No changes.') });
  });

  it('is shown by `terraform state show`', async () => {
    const { stdout } = await find().terraform.run(['state', 'show', '-no-color', address]);
    expect(stdout).toMatch(shown);
  });
}
