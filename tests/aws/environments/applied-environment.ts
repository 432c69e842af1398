import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, readAccount } from '../account/account.ts';
import { Simulator } from '../tooling/simulator.ts';
import { step } from '../tooling/steps.ts';
import { TerraformFolder, type TerraformThere } from '../tooling/terraform.ts';

/** The environments, each with a variables file of its name. */
export const environmentNames = ['development', 'staging', 'production'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** One environment, brought up from nothing with the commands that its readers type. */
export class AppliedEnvironment {
  readonly name: EnvironmentName;
  readonly simulator: Simulator;
  readonly terraform: TerraformFolder;
  /** What was in the account before, and after `apply`. */
  readonly before: Account;
  readonly after: Account;
  /** What `validate -json` said. */
  readonly validation: string;
  /** The plan that was applied, as `show -json` prints it. */
  readonly plan: string;
  /** Everything that `plan` and `apply` printed. */
  readonly output: string;
  /** 0 for an empty second plan, 2 for one with changes; and what it printed. */
  readonly secondPlan: { readonly exitCode: number | null; readonly stdout: string };

  private constructor(fields: Omit<AppliedEnvironment, 'destroy' | 'variables'>) {
    this.name = fields.name;
    this.simulator = fields.simulator;
    this.terraform = fields.terraform;
    this.before = fields.before;
    this.after = fields.after;
    this.validation = fields.validation;
    this.plan = fields.plan;
    this.output = fields.output;
    this.secondPlan = fields.secondPlan;
  }

  /** `init`, `validate`, `plan`, `apply` and a second `plan` against a simulated account of its own. */
  static async apply(name: EnvironmentName, there: TerraformThere): Promise<AppliedEnvironment> {
    const simulator = await Simulator.start();
    const before = await readAccount(simulator);
    const pathStyle = { TF_VAR_s3_use_path_style: 'true' };
    const terraform = new TerraformFolder(there, 'aws', { ...simulator.environment, ...pathStyle });
    const run = (title: string, args: readonly string[], allowed = [0]) =>
      step(`${name}: terraform ${title}`, () => terraform.run(args, allowed));
    const variables = `-var-file=${name}.tfvars`;
    await run('init', ['init']);
    const { stdout: validation } = await run('validate', ['validate', '-json'], [0, 1]);
    const planned = await run('plan', ['plan', variables, '-out=plan.bin']);
    const { stdout: plan } = await terraform.run(['show', '-json', 'plan.bin']);
    const applied = await run('apply', ['apply', '-auto-approve', variables]);
    const secondPlan = await run('second plan', ['plan', variables, '-detailed-exitcode'], [0, 2]);
    const after = await readAccount(simulator);
    const output = planned.stdout + planned.stderr + applied.stdout + applied.stderr;
    return new AppliedEnvironment({
      name,
      simulator,
      terraform,
      before,
      after,
      validation,
      plan,
      output,
      secondPlan,
    });
  }

  get variables(): string {
    return `-var-file=${this.name}.tfvars`;
  }

  /** Takes the protection away, destroys, and reads the account again. */
  async destroy(): Promise<Account> {
    const unprotected = join(this.terraform.folder, 'destroy.auto.tfvars.json');
    writeFileSync(unprotected, JSON.stringify({ deletion_protection: false }));
    const variables = [this.variables, `-var-file=${unprotected}`];
    await step(`${this.name}: terraform apply without protection`, () =>
      this.terraform.run(['apply', '-auto-approve', ...variables]),
    );
    await step(`${this.name}: terraform destroy`, () => this.terraform.run(['destroy', '-auto-approve', ...variables]));
    return readAccount(this.simulator);
  }
}
