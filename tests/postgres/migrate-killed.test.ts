import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { moments, randomShares } from '../support/kill-moments.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { stopEverything } from '../support/running-process.ts';
import { Victim } from '../support/victim.ts';

const migrate = ['database', 'migrate', '--wait-seconds', '60'];
const columns = `select table_name, column_name, data_type, is_nullable from information_schema.columns
  where table_schema = 'public' order by 1, 2`;

describe(`kill -9 at ${moments} random moments of database migrate`, () => {
  let server: PostgresServer;
  let undisturbed: readonly unknown[];
  const names: string[] = [];
  const victim = new Victim(migrate, () => {
    const name = names.pop() as string;
    const installation = new Installation('migrate', {
      DAYTRADE_DATABASE_URL:
        `postgres://daytrade@127.0.0.1:${server.port}/${name}` + `?sslrootcert=${server.certificates.caFile}`,
      DAYTRADE_DATABASE_PASSWORD: server.password,
    });
    databases.set(installation, name);
    return installation;
  });
  const databases = new Map<Installation, string>();

  async function moreDatabases(count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) names.push((await server.createDatabase()).database);
  }

  beforeAll(async () => {
    server = await PostgresServer.start();
    await moreDatabases(1);
    const installation = await victim.run();
    undisturbed = await server.run(databases.get(installation) as string, columns);
    figure('undisturbed migration', victim.seconds, 's');
  });
  afterAll(async () => {
    await stopEverything();
    await server.close();
  });

  it.each(randomShares(2026))(
    'at %d of its time: nothing or all is there, and the next one ends the same',
    async (share) => {
      // One that ends before it is killed is tried again on a new database.
      await moreDatabases(3 - names.length);
      const installation = await victim.killAt(share);
      const database = databases.get(installation) as string;
      const migrated = await installation.daytrade(...migrate, '--json');
      expect(migrated.stderr).toBe('');
      const { applied } = JSON.parse(migrated.stdout) as { readonly applied: readonly string[] };
      const listed = await server.run(database, 'select name from kysely_migration');
      expect([0, listed.length]).toContain(applied.length);
      expect(await server.run(database, columns)).toEqual(undisturbed);
    },
  );

  it('was killed before its end', () => expect(victim.kills).toBeGreaterThanOrEqual(moments / 2));
});
