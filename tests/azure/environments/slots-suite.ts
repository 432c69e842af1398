import { describe, expect, it } from 'vitest';
import { step } from '../../support/steps.ts';
import { hasConftest, refusalsOf } from '../../support/terraform/conftest.ts';
import { type AppliedEnvironment, digests, type PlannedResource } from './applied-environment.ts';

const both = { slots: digests };
const secrets = { token_version: 2, database_password_version: 2 };
const raised = { aks_version: '1.36', postgresql_version: '18', ...secrets };
/** Its tags say which slots run, and which serves. */
const registry = { address: 'azurerm_container_registry.main', change: { actions: ['update'] } };

/** A release from blue to green, and what the policies say of plans that would lose something. */
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
      expect(changes.filter(({ change }) => change.actions.join() !== 'create')).toMatchObject([registry]);
      if (hasConftest) expect(refusalsOf(json)).toEqual([]);
      await find().terraform.run(['apply', 'tried.bin']);
    });

    it('switches by a change of the gateway in place, which later plans keep, and back', async () => {
      for (const active_slot of ['green', 'blue']) {
        const { json, changes } = await find().tryPlan(`plan of the switch to ${active_slot}`, { active_slot });
        expect(changes).toMatchObject([
          { address: 'azurerm_application_gateway.main[0]', change: { actions: ['update'] } },
          registry,
        ]);
        if (hasConftest) expect(refusalsOf(json)).toEqual([]);
        await find().terraform.run(['apply', 'tried.bin']);
        const { changes: later } = await find().tryPlan('plan of the environment as it is', {});
        expect(later).toEqual([]);
        expect((await find().terraform.run(['output', '-raw', 'active_slot'])).stdout).toBe(active_slot);
      }
    });

    it('is refused where no group would answer', async () => {
      const bad = find().tryPlan('plan without the slot that serves', { slots: { green: digests.green } });
      await expect(bad).rejects.toThrow('active_slot (blue) must be a slot that has an image in slots');
    });

    it('is refused where it replaces both slots at once', async () => {
      const settings = await find().tryPlan('plan of a new log level', { log_level: 'debug' });
      expect(kinds(settings.changes, 'delete,create')).toContain('azurerm_container_group');
      if (hasConftest) expect(refusalsOf(settings.json).join()).toContain('replace of a slot');
    });

    it('empties the slot that does not serve, and raises versions of Kubernetes, PostgreSQL and secrets', async () => {
      const others = { ...raised, slots: { blue: digests.blue } };
      const { json, changes } = await find().tryPlan('plan to empty green and raise versions', others);
      expect(kinds(changes, 'delete')).toContain('azurerm_container_group');
      expect(kinds(changes, 'delete,create')).toEqual(['terraform_data']);
      const updated = changes.filter(({ change }) => change.actions.join() === 'update');
      expect(updated.map(({ address }) => address)).toEqual([
        registry.address,
        ...['database-password', 'token'].map((name) => `azurerm_key_vault_secret.main["${name}"]`),
        'azurerm_kubernetes_cluster.main[0]',
        'azurerm_kubernetes_cluster_node_pool.work[0]',
        'azurerm_postgresql_flexible_server.main[0]',
      ]);
      if (hasConftest) expect(refusalsOf(json)).toEqual([]);
      await step('production: terraform apply of raised versions', () => find().terraform.run(['apply', 'tried.bin']));
    });
  });

  it('finds a group again that Azure restarted with another address', async () => {
    const { simulator } = find();
    const group = (await find().terraform.run(['state', 'show', 'azurerm_container_group.service["blue/dashboard/0"]']))
      .stdout;
    const [, id = ''] = /^ +id += "(.+)"$/m.exec(group) ?? [];
    await simulator.ask('POST', `https://management.azure.com${id}/restart?api-version=2023-05-01`);
    const { changes } = await find().tryPlan('plan after a restart', raised);
    expect(changes).toMatchObject([
      { address: 'azurerm_application_gateway.main[0]', change: { actions: ['update'] } },
    ]);
  });

  describe('a change', () => {
    it('of tags, sizes and days is made in place', async () => {
      const { json, changes } = await find().tryPlan('plan of a change in place', {
        ...raised,
        tags: { 'cost-centre': 'research' },
        aks_nodes: { minimum: 3, maximum: 20 },
        postgresql_storage_mb: 262144,
        database_backup_days: 30,
      });
      expect(changes.length).toBeGreaterThan(20);
      expect(changes.filter(({ change }) => change.actions.join() !== 'update')).toEqual([]);
      if (hasConftest) expect(refusalsOf(json)).toEqual([]);
    });

    it('of the region replaces everything, and the policies refuse each loss', async () => {
      const { json, changes } = await find().tryPlan('plan of another region', { azure_region: 'Korea Central' });
      expect(changes.filter(({ change }) => change.actions.includes('delete')).length).toBeGreaterThan(20);
      if (!hasConftest) return;
      const refusals = refusalsOf(json).join('\n');
      for (const address of [
        'azurerm_postgresql_flexible_server.main[0]',
        'azurerm_managed_redis.main',
        'azurerm_storage_account.main',
        'azurerm_kubernetes_cluster.main[0]',
        'azurerm_application_gateway.main[0]',
        'azurerm_key_vault.main',
        'azurerm_container_registry.main',
      ]) {
        expect(refusals).toContain(`${address}: replace of a`);
      }
    });
  });
}
