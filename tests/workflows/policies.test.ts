import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Allowance, hasConftest, refusalsOf } from '../support/terraform/conftest.ts';

const plan = (name: string) => readFileSync(join(import.meta.dirname, 'plans', `${name}.json`), 'utf8');
const planOf = (...changes: readonly object[]) => JSON.stringify({ format_version: '1.2', resource_changes: changes });
const day = (fromNow: number) => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
const allowance: Allowance = {
  address: 'aws_elasticache_replication_group.main',
  action: 'replace',
  reason: 'The queue is filled again from the run ledger.',
  until: day(1),
};

describe.skipIf(!hasConftest)(`the policies${hasConftest ? '' : ' (skipped: conftest is not on the PATH)'}`, () => {
  it.each([
    ['first-apply', []],
    ['database-renamed', ['aws_db_instance.main: replace of a database (forced by identifier)']],
    ['cache-encrypted-anew', []],
    ['key-of-a-module', ['module.keys.aws_kms_key.purpose["logs"]: destroy of a key']],
    ['new-task-definition', []],
    ['database-grows', []],
  ])('judge %s', (name, refused) => {
    const refusals = refusalsOf(plan(name), [allowance]);
    expect(refusals.map((message) => message.split('; ')[0])).toEqual(refused);
  });

  it.each([
    ['aws_vpc', 'network'],
    ['aws_subnet', 'network'],
    ['aws_lb', 'gateway'],
    ['aws_db_instance', 'database'],
    ['aws_backup_vault_lock_configuration', 'backup'],
    ['aws_secretsmanager_secret', 'secret'],
    ['aws_ecr_repository', 'repository'],
    ['aws_eks_cluster', 'cluster'],
    ['aws_s3_bucket', 'bucket'],
    ['azurerm_mssql_server', 'database'],
    ['azurerm_mssql_database', 'database'],
    ['azurerm_postgresql_flexible_server', 'database'],
    ['azurerm_managed_redis', 'cache'],
    ['azurerm_storage_account', 'bucket'],
    ['azurerm_kubernetes_cluster', 'cluster'],
    ['azurerm_key_vault', 'key'],
  ])('refuse the loss of a %s, destroyed or replaced', (type, kind) => {
    const lost = (...actions: string[]) => ({
      address: `${type}.${actions[0]}`,
      mode: 'managed',
      type,
      change: { actions },
    });
    const refusals = refusalsOf(planOf(lost('delete'), lost('create', 'delete')));
    const told = refusals.map((message) => message.split('; ')[0]);
    expect(new Set(told)).toEqual(
      new Set([`${type}.create: replace of a ${kind}`, `${type}.delete: destroy of a ${kind}`]),
    );
  });

  describe('of the slots of container groups', () => {
    const group = (key: string, ...actions: string[]) => ({
      address: `azurerm_container_group.service["${key}"]`,
      mode: 'managed',
      type: 'azurerm_container_group',
      change: { actions },
    });
    const replaced = ['delete', 'create'];

    it.each<[string, number, ReturnType<typeof group>[]]>([
      ['the idle one replaced', 0, [group('blue/worker/0', 'no-op'), group('green/worker/0', ...replaced)]],
      ['the other one made', 0, [group('blue/worker/0', 'no-op'), group('green/worker/0', 'create')]],
      ['one of two groups gone', 0, [group('blue/worker/0', 'no-op'), group('blue/worker/1', 'delete')]],
      ['both replaced', 2, [group('blue/worker/0', ...replaced), group('green/worker/0', ...replaced)]],
      ['the only one replaced', 1, [group('blue/worker/0', ...replaced), group('green/worker/0', 'create')]],
      ['the only one gone', 1, [group('blue/worker/0', 'delete')]],
      ['a service without a group', 1, [group('blue/worker/0', 'delete'), group('blue/dashboard/0', 'no-op')]],
    ])('%s: %i refused', (_, refused, changes) => {
      expect(refusalsOf(planOf(...changes))).toHaveLength(refused);
    });

    it.each<[string, string, number]>([
      ['the one that people reach replaced', 'blue', 1],
      ['the other one replaced', 'green', 0],
    ])('with both filled, %s (active_slot = %s): %i refused', (_, slot, refused) => {
      const changes = [group('blue/worker/0', ...replaced), group('green/worker/0', 'no-op')];
      const text = planOf(...changes).replace('{', `{"output_changes":{"active_slot":{"after":"${slot}"}},`);
      expect(refusalsOf(text)).toHaveLength(refused);
    });
  });

  it('take an allowance for one action only, until its day, with a reason', () => {
    for (const wrong of [
      { until: day(-1) },
      { action: 'destroy' },
      { reason: 'because' },
      { address: 'aws_lb.main' },
    ]) {
      expect(
        refusalsOf(plan('cache-encrypted-anew'), [{ ...allowance, ...wrong }]),
        JSON.stringify(wrong),
      ).toHaveLength(1);
    }
  });

  it.each([
    ['another JSON', '{"resources": []}', 'cannot be judged'],
    ['a failed plan', '{"format_version":"1.2","errored":true,"resource_changes":[]}', 'cannot be applied'],
  ])('refuse %s', (_, text, message) => {
    expect(refusalsOf(text)).toEqual([expect.stringContaining(message)]);
  });
});
