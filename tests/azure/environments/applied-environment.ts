import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from '../../support/steps.ts';
import { type AppliedTerraform, applyProductionOn, planAgain } from '../../support/terraform/applied-terraform.ts';
import { TerraformFolder, type TerraformThere } from '../../support/terraform/terraform.ts';
import { Simulator } from '../tooling/simulator.ts';

/** Any digests: the simulator runs no groups. */
export const digests = { blue: `sha256:${'3f'.repeat(32)}`, green: `sha256:${'4e'.repeat(32)}` } as const;

/** What somebody sets beside the file of the environment. */
const given: Readonly<Record<string, unknown>> = {
  operator_cidrs: ['203.0.113.0/24'],
  sql_admin_password: 'Chosen-by-somebody-1',
  role_wait_seconds: 25,
};
const variables = '-var-file=production.tfvars';
const firstSlots = `-var=slots=${JSON.stringify({ blue: digests.blue })}`;

/** A change of a plan, as `show -json` prints it. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[] };
}

/** Production, brought up from nothing with the commands that its readers type. */
export class AppliedEnvironment implements AppliedTerraform {
  readonly #there: TerraformThere;
  readonly simulator: Simulator;
  readonly terraform: TerraformFolder;
  readonly plan: string;
  readonly output: string;
  readonly secondPlan: AppliedTerraform['secondPlan'];

  private constructor(there: TerraformThere, simulator: Simulator, applied: AppliedTerraform) {
    this.#there = there;
    this.simulator = simulator;
    this.terraform = applied.terraform;
    this.plan = applied.plan;
    this.output = applied.output;
    this.secondPlan = applied.secondPlan;
  }

  /** `init`, `plan`, `apply` with an image, and a second `plan` that names none, against a simulated subscription. */
  static async apply(there: TerraformThere): Promise<AppliedEnvironment> {
    const simulator = await Simulator.start();
    const terraform = environmentFolder(there, simulator);
    const { plan, output } = await applyProductionOn(simulator, terraform, [variables, firstSlots]);
    const secondPlan = await planAgain(terraform, [variables]);
    await simulator.save();
    return new AppliedEnvironment(there, simulator, { terraform, plan, output, secondPlan });
  }

  /** The environment as it was applied, in a subscription of its own. */
  async copy(): Promise<AppliedEnvironment> {
    const simulator = await Simulator.start(this.simulator);
    const terraform = environmentFolder(this.#there, simulator);
    await terraform.run(['init']);
    copyFileSync(join(this.terraform.folder, 'terraform.tfstate'), join(terraform.folder, 'terraform.tfstate'));
    const { plan, output, secondPlan } = this;
    return new AppliedEnvironment(this.#there, simulator, { terraform, plan, output, secondPlan });
  }

  /** Runs a command of Terraform with the environment's values and others over them. */
  run(title: string, args: readonly string[], others: Readonly<Record<string, unknown>> = {}) {
    const more = Object.entries(others).map(([name, value]) => `-var=${name}=${hcl(value)}`);
    const all = [...args, variables, ...more];
    return step(`production: terraform ${title}`, () => this.terraform.run(all));
  }

  /** The value of a secret in Key Vault. */
  async secret(name: string): Promise<string> {
    const { stdout: vault } = await this.terraform.run(['output', '-raw', 'key_vault_name']);
    const secret = await this.simulator.ask('GET', `https://${vault}.vault.azure.net/secrets/${name}?api-version=7.4`);
    return (secret as { value: string }).value;
  }

  /** What a plan with other values would change, and nothing is. */
  async tryPlan(title: string, others: Readonly<Record<string, unknown>>) {
    await this.run(title, ['plan', '-out=tried.bin'], others);
    const { stdout: json } = await this.terraform.run(['show', '-json', 'tried.bin']);
    const changes: PlannedResource[] = JSON.parse(json).resource_changes;
    return { json, changes: changes.filter(({ change }) => !['no-op', 'read'].includes(change.actions.join())) };
  }
}

/** A copy of the code whose commands reach a simulator and have the values that somebody sets. */
function environmentFolder(there: TerraformThere, simulator: Simulator): TerraformFolder {
  const values = Object.entries(given).map(([variable, value]) => [`TF_VAR_${variable}`, hcl(value)]);
  return new TerraformFolder(there, 'azure', {
    ...simulator.environment,
    ...Object.fromEntries(values),
    TF_CLI_ARGS_apply: parallelism,
    TF_CLI_ARGS_destroy: parallelism,
  });
}

/** Most of an apply is waiting for answers, so that more of it at a time than Terraform's ten is no more work. */
const parallelism = '-parallelism=32';

/** A value as an option or a variable of the surroundings takes it. */
function hcl(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
