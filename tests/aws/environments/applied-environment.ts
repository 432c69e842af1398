import { step } from '../../support/steps.ts';
import type { EnvironmentName } from '../../support/terraform/declarations.ts';
import { TerraformFolder, type TerraformThere } from '../../support/terraform/terraform.ts';
import { type Account, readAccount } from '../account/account.ts';
import { Simulator } from '../tooling/simulator.ts';
import { prepare } from './prerequisites.ts';

/** One environment, brought up from nothing with the commands that its readers type. */
export class AppliedEnvironment {
  readonly name: EnvironmentName;
  readonly simulator: Simulator;
  readonly terraform: TerraformFolder;
  /** Variables beside those of the tfvars file, by name. */
  readonly given: Readonly<Record<string, string>>;
  /** Whose credentials Terraform has, as environment variables; none: those of whoever may do everything. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What was in the account before, and after `apply`. */
  readonly before: Account;
  readonly after: Account;
  /** The plan that was applied, as `show -json` prints it. */
  readonly plan: string;
  /** Everything that `plan` and `apply` printed. */
  readonly output: string;
  /** 0 for an empty second plan, 2 for one with changes; and what it printed. */
  readonly secondPlan: { readonly exitCode: number | null; readonly stdout: string };

  private constructor(fields: Omit<AppliedEnvironment, 'destroy'>) {
    this.name = fields.name;
    this.simulator = fields.simulator;
    this.terraform = fields.terraform;
    this.given = fields.given;
    this.before = fields.before;
    this.after = fields.after;
    this.credentials = fields.credentials;
    this.plan = fields.plan;
    this.output = fields.output;
    this.secondPlan = fields.secondPlan;
  }

  /** `init`, `plan`, `apply` and a second `plan` against a simulated account of its own. */
  static async apply(name: EnvironmentName, there: TerraformThere): Promise<AppliedEnvironment> {
    const simulator = await Simulator.start();
    const { variables: given, credentials } = await prepare(name, simulator, there);
    const before = await readAccount(simulator);
    const terraform = new TerraformFolder(there, 'aws', {
      ...simulator.environment,
      ...credentials,
      ...asVariables({ ...given, s3_use_path_style: 'true' }),
      TF_CLI_ARGS_apply: parallelism,
      TF_CLI_ARGS_destroy: parallelism,
    });
    const run = (title: string, args: readonly string[], allowed = [0]) =>
      step(`${name}: terraform ${title}`, () => terraform.run(args, allowed));
    const variables = `-var-file=${name}.tfvars`;
    await run('init', ['init']);
    const planned = await run('plan', ['plan', variables, '-out=plan.bin']);
    const { stdout: plan } = await terraform.run(['show', '-json', 'plan.bin']);
    // The README has both ways: planned once more, or what was planned and looked at.
    const what = name === 'production' ? ['-auto-approve', variables] : ['plan.bin'];
    const applied = await run('apply', ['apply', ...what]).catch((error: unknown) => {
      throw new Error(`${String(error)}\nthe simulator's last error: ${simulator.lastError}`, { cause: error });
    });
    const secondPlan = await run('second plan', ['plan', variables, '-detailed-exitcode'], [0, 2]);
    const after = await readAccount(simulator);
    const output = planned.stdout + planned.stderr + applied.stdout + applied.stderr;
    return new AppliedEnvironment({
      name,
      simulator,
      terraform,
      given,
      before,
      after,
      credentials,
      plan,
      output,
      secondPlan,
    });
  }

  /** Takes the protection away, destroys, and reads the account again. */
  async destroy(): Promise<Account> {
    const unprotected = [`-var-file=${this.name}.tfvars`, '-var=deletion_protection=false'];
    if (this.name !== 'development') await this.#run('apply without protection', 'apply', unprotected);
    await this.#run('destroy', 'destroy', unprotected);
    return readAccount(this.simulator);
  }

  #run(title: string, command: string, variables: readonly string[]) {
    return step(`${this.name}: terraform ${title}`, () => this.terraform.run([command, '-auto-approve', ...variables]));
  }
}

/** Most of an apply is waiting for answers, so that more of it at a time than Terraform's ten is no more work. */
const parallelism = '-parallelism=24';

/** Variables as Terraform takes them from its surroundings. */
function asVariables(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`TF_VAR_${name}`, value]));
}
