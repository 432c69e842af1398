import { join } from 'node:path';
import { hashOf } from './plan.ts';
import { run } from './programs.ts';
import { planFile, type Target, terraformFolder } from './targets.ts';
import { initialise } from './terraform.ts';

/**
 * Applies the very plan that was looked at.
 * @param sha256 hash of that plan
 * @throws Error when the file is another one
 */
export function apply(target: Target, sha256: string): void {
  const folder = terraformFolder(target);
  const file = planFile(target);
  const found = hashOf(join(folder, file));
  if (found !== sha256) throw new Error(`${file} is not the plan that was approved: SHA-256 ${found}, not ${sha256}`);
  initialise(target);
  run('terraform', ['apply', '-input=false', file], { folder });
}
