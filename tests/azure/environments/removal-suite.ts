import { beforeAll, expect, it } from 'vitest';
import type { AppliedEnvironment } from './applied-environment.ts';

const withSql = process.env.DAYTRADE_TEST_RESTORE === 'true';
const server = 'azurerm_postgresql_flexible_server';

/** A saving with the return of a database, and the end, past locks that refuse every deletion below them. */
export function describeRemoval(find: () => AppliedEnvironment): void {
  let saved: Promise<string>;
  let destroyed: Promise<string>;
  let replaced: Promise<string>;

  // Each is five minutes of the provider's pauses: they pass while the other tests run.
  beforeAll(async () => {
    const [first, second, third] = await Promise.all([find().copy(), find().copy(), withSql && find().copy()]);
    const objects = [`${server}.main[0]`, `${server}_database.main[0]`];
    saved = restore(first, objects, { slots: {}, runtime: 'kubernetes' });
    destroyed = destroy(second);
    if (third) replaced = takeSql(third);
    // A failure is that of the test that waits for it.
    void Promise.allSettled([saved, destroyed, replaced]);
  });

  it('lets groups go, and goes on with a database as it was at a time, beside the old one', async () => {
    expect(await saved).toContain('No changes.');
  });

  it.skipIf(!withSql)(
    'takes Azure SQL in place of PostgreSQL, and restores it (DAYTRADE_TEST_RESTORE=true)',
    async () => {
      expect(await replaced).toContain('No changes.');
    },
  );

  it('is destroyed to nothing', async () => {
    expect(await destroyed).toBe('');
  });
}

/** Returns the plan after it. The old database, the first of these objects, stays, and is asked for. */
async function restore(environment: AppliedEnvironment, objects: readonly string[], others: object): Promise<string> {
  const { terraform, simulator } = environment;
  const { stdout: shown } = await terraform.run(['state', 'show', '-no-color', objects[0] ?? '']);
  const [, source = ''] = /^ +id += "(.+)"$/m.exec(shown) ?? [];
  await terraform.run(['state', 'rm', ...objects]);
  const time = `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`;
  const all = { ...others, database_restore: { source, time } };
  await environment.run('apply of a restored database', ['apply', '-auto-approve'], all);
  await simulator.ask('GET', `https://management.azure.com${source}?api-version=2024-08-01`);
  return (await environment.run('plan after the restore', ['plan'], all)).stdout;
}

async function takeSql(environment: AppliedEnvironment): Promise<string> {
  const sql = { database: 'sql', slots: {} };
  await environment.run('apply of Azure SQL', ['apply', '-auto-approve'], sql);
  expect(await environment.secret('sql-admin-password')).toBe('Chosen-by-somebody-1');
  return restore(environment, ['azurerm_mssql_database.main[0]'], sql);
}

async function destroy(environment: AppliedEnvironment): Promise<string> {
  await environment.run('destroy', ['destroy', '-auto-approve']);
  return (await environment.terraform.run(['state', 'list'])).stdout;
}
