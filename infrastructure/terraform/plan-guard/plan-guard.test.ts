import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAllowList } from './allow-list.ts';

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', `${name}.json`);
const allowList = ['--allow-list', fixture('allow-list')];

function guard(args: readonly string[], input?: string) {
  const main = join(import.meta.dirname, 'main.ts');
  const options = ['--disable-warning=ExperimentalWarning', main, '--today', '2026-12-01', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the plan guard', () => {
  it.each([
    ['first-apply', 0, []],
    ['database-renamed', 1, ['aws_db_instance.main']],
    ['cache-encrypted-anew', 0, []],
    ['bucket-taken-out', 1, ['aws_s3_bucket.objects']],
    ['key-of-a-module', 1, ['module.keys.aws_kms_key.purpose["logs"]']],
    ['cluster-switched-off', 1, ['aws_eks_cluster.main[0]']],
    ['new-task-definition', 0, []],
    ['database-grows', 0, []],
  ])('%s ends with %i', (name, status, refused) => {
    const ended = guard([...allowList, '--json', fixture(name)]);
    expect(ended).toMatchObject({ status, stderr: '' });
    const { losses } = JSON.parse(ended.stdout);
    expect(losses.filter((loss: { verdict: string }) => loss.verdict === 'refused')).toMatchObject(
      refused.map((address) => ({ address })),
    );
  });

  it.each([
    ['aws_vpc', 'network'],
    ['aws_subnet', 'network'],
    ['aws_lb', 'gateway'],
    ['aws_backup_vault_lock_configuration', 'backup'],
    ['aws_secretsmanager_secret', 'secret'],
    ['aws_ecr_repository', 'repository'],
    ['aws_eks_cluster', 'cluster'],
    ['azurerm_mssql_server', 'database'],
    ['azurerm_mssql_database', 'database'],
    ['azurerm_postgresql_flexible_server', 'database'],
    ['azurerm_managed_redis', 'cache'],
    ['azurerm_redis_cache', 'cache'],
    ['azurerm_storage_account', 'bucket'],
    ['azurerm_kubernetes_cluster', 'cluster'],
    ['azurerm_application_gateway', 'gateway'],
    ['azurerm_key_vault', 'key'],
    ['azurerm_virtual_network', 'network'],
    ['azurerm_container_registry', 'repository'],
  ])('refuses the loss of a %s, in a destruction of everything and when it is replaced', (type, kind) => {
    for (const actions of [['delete'], ['delete', 'create'], ['create', 'delete']]) {
      const change = { address: `${type}.main`, mode: 'managed', type, change: { actions } };
      const ended = guard(['-'], JSON.stringify({ format_version: '1.2', resource_changes: [change] }));
      const action = actions.includes('create') ? 'replace' : 'destroy';
      expect(ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining(`refused  ${type}.main: ${action} of a ${kind}`),
      });
    }
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
      const ended = guard(['--json', '-'], JSON.stringify({ format_version: '1.2', resource_changes: changes }));
      expect(ended.status).toBe(refused === 0 ? 0 : 1);
      expect(JSON.parse(ended.stdout).losses).toHaveLength(refused);
    });

    it.each<[string, string, number]>([
      ['the one that people reach replaced', 'blue', 1],
      ['the other one replaced', 'green', 0],
    ])('with both filled, %s (active_slot = %s): %i refused', (_, slot, refused) => {
      const ended = guard(
        ['--json', '-'],
        JSON.stringify({
          format_version: '1.2',
          variables: { active_slot: { value: slot } },
          resource_changes: [group('blue/worker/0', ...replaced), group('green/worker/0', 'no-op')],
        }),
      );
      expect(ended.status).toBe(refused === 0 ? 0 : 1);
      expect(JSON.parse(ended.stdout).losses).toHaveLength(refused);
    });
  });

  it('refuses the allowed loss without its allow-list, and says how to name it', () => {
    const ended = guard([fixture('cache-encrypted-anew')]);
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain(
      'refused  aws_elasticache_replication_group.main: replace of a cache (forced by ' +
        'at_rest_encryption_enabled); it is in no allow-list',
    );
    expect(ended.stdout).toContain('name each in the allow-list');
  });

  it('takes an allowance for one action only, and only until its day', () => {
    const late = guard([...allowList, '--today', '2027-01-01', fixture('cache-encrypted-anew')]);
    expect(late).toMatchObject({ status: 1, stdout: expect.stringContaining('its allowance ended on 2026-12-31') });
    const plan = readFileSync(fixture('cache-encrypted-anew'), 'utf8').replace(/"delete",\s*"create"/, '"delete"');
    const destroyed = guard(allowList, plan);
    expect(destroyed).toMatchObject({ status: 1, stdout: expect.stringContaining('names it for replace only') });
  });

  it('names an allowance that nothing needs', () => {
    expect(guard([...allowList, fixture('first-apply')]).stdout).toContain(
      'unused   aws_elasticache_replication_group',
    );
  });

  it.each([
    ['no JSON', ['-'], 'plan', 'standard input is not JSON'],
    ['another JSON', ['-'], '{"resources": []}', 'expected what `terraform show -json PLAN_FILE` prints'],
    ['a failed plan', ['-'], '{"format_version":"1.2","errored":true,"resource_changes":[]}', 'cannot be applied'],
    ['a missing file', ['missing.json'], '', 'cannot read missing.json'],
    ['an unknown option', ['--force'], '', "Unknown option '--force'"],
    ['an impossible day', ['--today', '2026-02-30', '-'], '', 'expected YYYY-MM-DD'],
  ])('ends with 2 for %s', (_, args, input, message) => {
    expect(guard(args, input)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });

  it.each([
    ['address', { address: 'aws_s3_bucket.*' }],
    ['action', { action: 'update' }],
    ['reason', { reason: 'because' }],
    ['until', { until: '2026-13-01' }],
  ])('takes no allow-list entry with a wrong %s', (field, wrong) => {
    const good = { address: 'aws_s3_bucket.a', action: 'destroy', reason: 'Emptied and moved.', until: '2026-12-31' };
    expect(() => readAllowList(JSON.stringify({ allowed: [{ ...good, ...wrong }] }), 'list')).toThrow(
      `list: entry 1: "${field}"`,
    );
  });

  it('has a help text', () => {
    expect(guard(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit code: 0 allowed') });
  });
});
