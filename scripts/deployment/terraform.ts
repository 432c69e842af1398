import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, run, setting } from './programs.ts';
import { runningImages } from './running-images.ts';
import { type Target, terraformFolder } from './targets.ts';

/** Where bootstrap keeps the state, and the argument of the backend that takes its name. */
const stores = {
  aws: { argument: 'bucket', setting: 'AWS_STATE_BUCKET' },
  azure: { argument: 'storage_account_name', setting: 'AZURE_STATE_ACCOUNT' },
} as const;

/** Readies the folder of Terraform for an environment, whose state is where bootstrap keeps it. */
export function initialise(target: Target): void {
  const folder = terraformFolder(target);
  const { argument, setting: name } = stores[target.cloud];
  copyFileSync(join(folder, 'backend_override.tf.example'), join(folder, 'backend_override.tf'));
  const backend = [`backend.${target.environment}.hcl`, `${argument}=${setting(name)}`];
  const args = backend.map((value) => `-backend-config=${value}`);
  run('terraform', ['init', '-input=false', '-reconfigure', ...args], { folder });
}

/**
 * Plans an environment with its file, and with the images that it runs.
 * @param further arguments of `terraform plan`
 * @returns whether the plan changes anything
 */
export function makePlan(target: Target, further: readonly string[]): boolean {
  const folder = terraformFolder(target);
  const state = read('terraform', ['show', '-json'], { folder });
  const running = `running-${target.environment}.tfvars.json`;
  writeFileSync(join(folder, running), JSON.stringify(runningImages(target.cloud, state)));
  const files = [running, `${target.environment}.tfvars`].map((file) => `-var-file=${file}`);
  const args = ['plan', '-input=false', '-detailed-exitcode', ...files, ...further];
  return run('terraform', args, { folder, allowed: [0, 2] }) === 2;
}

/** What an environment says of itself: its outputs by name. */
export function outputsOf(target: Target): Readonly<Record<string, unknown>> {
  const outputs = read('terraform', ['output', '-json'], { folder: terraformFolder(target) });
  const named = Object.entries(JSON.parse(outputs) as Record<string, { readonly value: unknown }>);
  return Object.fromEntries(named.map(([name, { value }]) => [name, value]));
}

/** A named output that is a text. @throws Error when the environment has none */
export function textOf(outputs: Readonly<Record<string, unknown>>, ...names: readonly string[]): string {
  const text = names.map((name) => outputs[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof text !== 'string') throw new Error(`the environment has no output ${names.join(' or ')}`);
  return text;
}
