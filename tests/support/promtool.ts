import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages, isProgram } from './debian-packages.ts';

const root = join(import.meta.dirname, '..', '..');
export const rulesFolder = join(root, 'infrastructure/helm/day-trade-ml/files/monitoring/prometheus/rules');
const scratch = join(root, '.cache', 'monitoring');

export function promtoolIsThere(): boolean {
  return isProgram('promtool') || installDebianPackages(['prometheus']) === undefined;
}

/** Runs promtool and gives back how it ended and all that it said. */
export function promtool(...args: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Writes a file for promtool to read, and gives back its path. */
export function scratchFile(name: string, content: string): string {
  mkdirSync(scratch, { recursive: true });
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}
