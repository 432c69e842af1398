import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { summaryOf } from './plan-summary.ts';
import type { Surroundings } from './surroundings.ts';
import { planFile, type Target, terraformFolder } from './targets.ts';
import { initialise, makePlan } from './terraform.ts';

/** A plan that is on disk and not judged yet. */
export interface Plan {
  /** SHA-256 of its file. */
  readonly sha256: string;
  /** What it does, in Markdown. */
  readonly summary: string;
  /** Whether it changes anything. */
  readonly changes: boolean;
}

/** Plans an environment into a file, and says what it does and what its hash is. */
export async function makePlanFile(surroundings: Surroundings, target: Target): Promise<Plan> {
  const { root, programs } = surroundings;
  const folder = terraformFolder(root, target);
  const file = planFile(target);
  await initialise(surroundings, target);
  const changes = await makePlan(surroundings, target, [`-out=${file}`]);
  const json = await programs.read('terraform', ['show', '-json', file], { folder });
  writeFileSync(join(folder, `${file}.json`), json);
  return { sha256: hashOf(join(folder, file)), summary: summaryOf(json), changes };
}

/** Has the guard judge what {@link makePlanFile} left. @throws ProgramFailure when it refuses it */
export async function guardPlan({ root, programs }: Surroundings, target: Target): Promise<void> {
  const folder = terraformFolder(root, target);
  const losses = join(folder, 'allowed-losses.json');
  const allowed = existsSync(losses) ? ['--allow-list', losses] : [];
  const written = join(folder, `${planFile(target)}.json`);
  await programs.run('node', [join(folder, '..', 'plan-guard', 'main.ts'), ...allowed, written]);
}

/** SHA-256 of a file, as hexadecimal digits. */
function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * Applies the very plan that was looked at.
 * @param sha256 hash of that plan
 * @throws Error when the file is another one
 */
export async function applyPlan(surroundings: Surroundings, target: Target, sha256: string): Promise<void> {
  const folder = terraformFolder(surroundings.root, target);
  const file = planFile(target);
  const found = hashOf(join(folder, file));
  if (found !== sha256) throw new Error(`${file} is not the plan that was approved: SHA-256 ${found}, not ${sha256}`);
  await initialise(surroundings, target);
  await surroundings.programs.run('terraform', ['apply', '-input=false', file], { folder });
}
