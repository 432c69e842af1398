import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { summaryOf } from './plan-summary.ts';
import { read, run, setOutput, summarise } from './programs.ts';
import { planFile, type Target, terraformFolder } from './targets.ts';
import { initialise, makePlan } from './terraform.ts';

/**
 * Plans an environment into a file, has the guard judge it, and says what it does and what its hash is.
 * @throws Error when the guard refuses it
 */
export function plan(target: Target): void {
  const folder = terraformFolder(target);
  const file = planFile(target);
  initialise(target);
  makePlan(target, [`-out=${file}`]);
  const json = read('terraform', ['show', '-json', file], { folder });
  const written = join(folder, `${file}.json`);
  writeFileSync(written, json);
  const sha256 = hashOf(join(folder, file));
  setOutput('sha256', sha256);
  summarise(`### Plan for ${target.environment} on ${target.cloud}\n\n${summaryOf(json)}\n\nSHA-256 \`${sha256}\`\n`);
  const losses = join(folder, 'allowed-losses.json');
  const allowed = existsSync(losses) ? ['--allow-list', losses] : [];
  run('node', [join(folder, '..', 'plan-guard', 'main.ts'), ...allowed, written]);
}

/** SHA-256 of a file, as hexadecimal digits. */
export function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
