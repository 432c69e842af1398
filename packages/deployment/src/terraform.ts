import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningImages } from './running-images.ts';
import { type Surroundings, variable } from './surroundings.ts';
import { type Target, terraformFolder } from './targets.ts';

/** What an environment says of itself: its outputs by name. */
export type Outputs = Readonly<Record<string, unknown>>;

/** Where bootstrap keeps the state, and the argument of the backend that takes its name. */
export const stateStores = {
  aws: { argument: 'bucket', variable: 'AWS_STATE_BUCKET' },
  azure: { argument: 'storage_account_name', variable: 'AZURE_STATE_ACCOUNT' },
} as const;

/** Readies the folder of Terraform for an environment, whose state is where bootstrap keeps it, or in the folder. */
export async function initialise(surroundings: Surroundings, target: Target): Promise<void> {
  const folder = terraformFolder(surroundings.root, target);
  if (surroundings.keepsState === true) {
    await surroundings.programs.run('terraform', ['init', '-input=false'], { folder });
    return;
  }
  const { argument, variable: name } = stateStores[target.cloud];
  copyFileSync(join(folder, 'backend_override.tf.example'), join(folder, 'backend_override.tf'));
  const backend = [`backend.${target.environment}.hcl`, `${argument}=${variable(surroundings, name)}`];
  const args = backend.map((value) => `-backend-config=${value}`);
  await surroundings.programs.run('terraform', ['init', '-input=false', '-reconfigure', ...args], { folder });
}

/**
 * Plans an environment with its file, and with the images that it runs.
 * @param further arguments of `terraform plan`
 * @returns whether the plan changes anything
 */
export async function makePlan(
  { root, programs }: Surroundings,
  target: Target,
  further: readonly string[],
): Promise<boolean> {
  const folder = terraformFolder(root, target);
  const state = await programs.read('terraform', ['show', '-json'], { folder });
  const running = `running-${target.environment}.tfvars.json`;
  writeFileSync(join(folder, running), JSON.stringify(runningImages(target.cloud, state)));
  const files = [running, `${target.environment}.tfvars`].map((file) => `-var-file=${file}`);
  const args = ['plan', '-input=false', '-detailed-exitcode', ...files, ...further];
  return (await programs.run('terraform', args, { folder, allowed: [0, 2] })) === 2;
}

/** The outputs of the environment that {@link initialise} readied last. */
export async function outputsOf({ root, programs }: Surroundings, target: Target): Promise<Outputs> {
  const outputs = await programs.read('terraform', ['output', '-json'], { folder: terraformFolder(root, target) });
  const named = Object.entries(JSON.parse(outputs) as Record<string, { readonly value: unknown }>);
  return Object.fromEntries(named.map(([name, { value }]) => [name, value]));
}

/** A named output that is a text. @throws Error when the environment has none */
export function textOf(outputs: Outputs, ...names: readonly string[]): string {
  const text = names.map((name) => outputs[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof text !== 'string') throw new Error(`the environment has no output ${names.join(' or ')}`);
  return text;
}
