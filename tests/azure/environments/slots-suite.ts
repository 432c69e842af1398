import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../support/running-process.ts';
import { type AppliedEnvironment, digests, type PlannedResource } from './applied-environment.ts';

const both = { slots: digests };

/** A release from blue to green, and what the guard says of plans that would lose something. */
export function describeSlots(find: () => AppliedEnvironment): void {
  const kinds = (changes: readonly PlannedResource[], action: string) =>
    [...new Set(changes.filter(({ change }) => change.actions.join() === action).map(({ type }) => type))].toSorted();

  describe('a release', () => {
    it('fills the other slot beside the one that serves', async () => {
      const { json, changes } = await find().tryPlan('plan to fill green', both);
      expect(kinds(changes, 'create')).toEqual([
        'azurerm_container_group',
        'azurerm_monitor_diagnostic_setting',
        'azurerm_private_dns_a_record',
      ]);
      expect(changes.filter(({ change }) => change.actions.join() !== 'create')).toEqual([]);
      expect(guard(json)).toMatchObject({ status: 0 });
      await find().terraform.run(['apply', 'tried.bin']);
    });

    it('switches by a change of the gateway in place, and back', async () => {
      const { json, changes } = await find().tryPlan('plan of the switch', { ...both, active_slot: 'green' });
      expect(changes).toMatchObject([
        { address: 'azurerm_application_gateway.main[0]', change: { actions: ['update'] } },
      ]);
      expect(guard(json)).toMatchObject({ status: 0 });
      await find().terraform.run(['apply', 'tried.bin']);
      const { stdout } = await find().terraform.run(['output', '-raw', 'active_slot']);
      expect(stdout).toBe('green');
      const back = await find().tryPlan('plan of the way back', both);
      expect(back.changes.map(({ address }) => address)).toEqual(['azurerm_application_gateway.main[0]']);
      await find().terraform.run(['apply', 'tried.bin']);
    });

    it('is refused where it replaces both slots at once', async () => {
      const settings = await find().tryPlan('plan of a new log level', { ...both, log_level: 'debug' });
      expect(kinds(settings.changes, 'delete,create')).toContain('azurerm_container_group');
      expect(guard(settings.json)).toMatchObject({ status: 1, stdout: expect.stringContaining('replace of a slot') });
    });

    it('empties the slot that nobody reaches', async () => {
      const { json, changes } = await find().tryPlan('plan to empty green', {});
      expect(kinds(changes, 'delete')).toContain('azurerm_container_group');
      expect(guard(json)).toMatchObject({ status: 0 });
      await find().terraform.run(['apply', 'tried.bin']);
    });
  });

  describe('a change', () => {
    it('of tags, sizes and days is made in place', async () => {
      const { json, changes } = await find().tryPlan('plan of a change in place', {
        tags: { 'cost-centre': 'research' },
        aks_nodes: { minimum: 3, maximum: 20 },
        sql_database_max_size_gb: 250,
        postgresql_backup_days: 30,
      });
      expect(changes.length).toBeGreaterThan(20);
      expect(changes.filter(({ change }) => change.actions.join() !== 'update')).toEqual([]);
      expect(guard(json)).toMatchObject({ status: 0 });
    });

    it('of the region replaces everything, and the guard refuses each loss', async () => {
      const { json, changes } = await find().tryPlan('plan of another region', { azure_region: 'Korea Central' });
      expect(changes.filter(({ change }) => change.actions.includes('delete')).length).toBeGreaterThan(20);
      const { status, stdout } = guard(json);
      expect(status).toBe(1);
      for (const address of [
        'azurerm_mssql_server.main[0]',
        'azurerm_postgresql_flexible_server.main[0]',
        'azurerm_managed_redis.main[0]',
        'azurerm_storage_account.main',
        'azurerm_kubernetes_cluster.main[0]',
        'azurerm_application_gateway.main[0]',
        'azurerm_key_vault.main',
        'azurerm_container_registry.main',
      ]) {
        expect(stdout).toContain(`refused  ${address}: replace of a`);
      }
    });
  });
}

function guard(plan: string) {
  const main = join(repositoryRoot, 'infrastructure', 'terraform', 'plan-guard', 'main.ts');
  const options = ['--disable-warning=ExperimentalWarning', main, '-'];
  const { status, stdout } = spawnSync(process.execPath, options, { input: plan, encoding: 'utf8' });
  return { status, stdout };
}
