import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../running-process.ts';

const policies = join(repositoryRoot, 'infrastructure', 'terraform', 'policies');

export const hasConftest = spawnSync('conftest', ['--version']).status === 0;

/** A loss that `allowed-losses.json` names. */
export interface Allowance {
  readonly address: string;
  readonly action: string;
  readonly reason: string;
  readonly until: string;
}

/** Returns the refusals of the policies for a plan, as `terraform show -json` prints it. */
export function refusalsOf(plan: string, allowed: readonly Allowance[] = []): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'conftest-'));
  try {
    const data = join(folder, 'allowed-losses.json');
    writeFileSync(data, JSON.stringify({ allowed }));
    const args = ['test', '--policy', policies, '--data', data, '--parser', 'json', '--output', 'json', '-'];
    const { status, stdout, stderr } = spawnSync('conftest', args, { input: plan, encoding: 'utf8' });
    if (status !== 0 && status !== 1) throw new Error(`conftest ended with ${status}: ${stderr}`);
    const [{ failures = [] } = {}] = JSON.parse(stdout) as { failures?: { msg: string }[] }[];
    if ((status === 0) !== (failures.length === 0)) throw new Error(`conftest ended with ${status}: ${stdout}`);
    return failures.map(({ msg }) => msg);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
