import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

/** Types as a plan names them, of what an environment cannot lose. */
const planted = {
  aws: [
    'aws_vpc',
    'aws_subnet',
    'aws_backup_vault_lock_configuration',
    'aws_secretsmanager_secret',
    'aws_ecr_repository',
    'aws_eks_cluster',
    'aws_db_instance',
  ],
  azure: [
    'azurerm_mssql_server',
    'azurerm_mssql_database',
    'azurerm_managed_redis',
    'azurerm_redis_cache',
    'azurerm_storage_account',
    'azurerm_kubernetes_cluster',
    'azurerm_application_gateway',
    'azurerm_key_vault',
  ],
} as const;

const folderOf = (cloud: string) => join(import.meta.dirname, '..', cloud);

function linesOf(cloud: string): readonly string[] {
  const readme = readFileSync(join(folderOf(cloud), 'README.md'), 'utf8');
  return [...readme.matchAll(/^terraform show -json plan\.bin .*$/gm)].map(([line]) => line);
}

/** Types the README's line with a Terraform that shows this plan and writes down that it applies. */
function typed(
  root: string,
  line: string,
  plan: string,
): { readonly status: number | null; readonly isApplied: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'guarded-apply-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [shown, applied] = [join(folder, 'plan.json'), join(folder, 'applied')];
  writeFileSync(shown, plan);
  writeFileSync(join(folder, 'allowed-losses.json'), '{ "allowed": [] }');
  const terraform = join(folder, 'terraform');
  writeFileSync(terraform, `#!/bin/sh\n[ "$1" = show ] && exec cat ${shown}\n[ "$1" = apply ] && touch ${applied}\n`);
  chmodSync(terraform, 0o755);
  const PATH = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  const command = line.replace('allowed-losses.json', join(folder, 'allowed-losses.json'));
  const { status } = spawnSync('sh', ['-c', command], { cwd: root, env: { ...process.env, PATH }, stdio: 'ignore' });
  return { status, isApplied: existsSync(applied) };
}

const planOf = (type: string, actions: readonly string[]) =>
  JSON.stringify({
    format_version: '1.2',
    resource_changes: [{ address: `${type}.main`, mode: 'managed', type, change: { actions } }],
  });

describe.each(['aws', 'azure'] as const)('the line by which the README of %s applies', (cloud) => {
  const [root, lines] = [folderOf(cloud), linesOf(cloud)];

  it('is there for an apply and for a destruction', () => {
    expect(lines).toHaveLength(2);
  });

  it.each(planted[cloud])('applies nothing when the plan would lose an object of type %s', (type) => {
    for (const line of lines) {
      expect(typed(root, line, planOf(type, ['delete', 'create']))).toEqual({ status: 1, isApplied: false });
    }
  });

  it('applies nothing when there is no plan to judge', () => {
    for (const line of lines) expect(typed(root, line, '')).toEqual({ status: 2, isApplied: false });
  });

  it('applies what loses nothing', () => {
    for (const line of lines)
      expect(typed(root, line, planOf(planted[cloud][0], ['create']))).toEqual({ status: 0, isApplied: true });
  });
});
