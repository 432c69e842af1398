import {
  type Database,
  migrateDatabase,
  neededSchemaVersion,
  openPostgresDatabase,
  pendingMigrations,
  schemaVersion,
} from '@daytrade/storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { PostgresServer } from '../support/postgres-server.ts';

const migrations = [
  '0001-first-tables',
  '0002-objects',
  '0003-price-basis-of-predictions',
  '0004-requests-of-runs',
  '0005-run-keys',
  '0006-reports',
  '0007-price-factors',
  '0008-share-counts',
  '0009-notices',
  '0010-in-day-predictions',
  '0011-index-values',
  '0012-expected-dividends',
  '0013-job-settings',
  '0014-paper-books',
];

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.close());

async function openTwice(): Promise<[Database, Database]> {
  const options = await server.createDatabase();
  const databases = [await openPostgresDatabase(options), await openPostgresDatabase(options)] as const;
  onTestFinished(async () => {
    for (const database of databases) await database.close();
  });
  return [...databases];
}

it('nothing is migrated by opening a database and asking for its schema', async () => {
  const [database] = await openTwice();
  expect(await schemaVersion(database)).toBe(0);
  expect(await pendingMigrations(database)).toEqual(migrations);
  expect(await database.db.introspection.getTables()).toEqual([]);
});

it('of two migrations at once one migrates, and the other waits and finds it done', async () => {
  const databases = await openTwice();
  const results = await Promise.all(databases.map((database) => migrateDatabase(database, { waitSeconds: 20 })));
  expect(results.map(({ version }) => version)).toEqual([neededSchemaVersion, neededSchemaVersion]);
  expect(results.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, migrations.length]);
  const names = await sql`select name from kysely_migration order by name`.execute(databases[0].db);
  expect(names.rows).toEqual(migrations.map((name) => ({ name })));
});

it('waits no longer than it was told to for another process that migrates', async () => {
  const [one, other] = await openTwice();
  await one.db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(4871093215)`.execute(connection);
    const started = performance.now();
    await expect(migrateDatabase(other, { waitSeconds: 1 })).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('another process'),
    });
    expect(performance.now() - started).toBeLessThan(3000);
    await sql`select pg_advisory_unlock(4871093215)`.execute(connection);
  });
  expect(await migrateDatabase(other, { waitSeconds: 0 })).toMatchObject({ applied: { length: migrations.length } });
});

it('waits for a server that is not up yet, and takes no refusal for that', async () => {
  const [database] = await openTwice();
  await server.stop();
  await expect(migrateDatabase(database, { waitSeconds: 0 })).rejects.toMatchObject({ code: 'service.unavailable' });
  const migrated = migrateDatabase(database, { waitSeconds: 30 });
  await server.start();
  expect(await migrated).toMatchObject({ version: neededSchemaVersion });

  const options = await server.createDatabase();
  const refused = await openPostgresDatabase({ ...options, authentication: { kind: 'password', password: 'wrong' } });
  onTestFinished(() => refused.close());
  await expect(migrateDatabase(refused, { waitSeconds: 30 })).rejects.toMatchObject({ code: 'dependency.refused' });
});

it('leaves the tables as they were when a migration fails, and says which', async () => {
  const [database] = await openTwice();
  await sql`create table evaluations (id integer)`.execute(database.db);
  await expect(migrateDatabase(database, { waitSeconds: 0 })).rejects.toMatchObject({
    code: 'state.damaged',
    message: expect.stringContaining('"evaluations" already exists'),
  });
  expect(await schemaVersion(database)).toBe(0);
  expect((await database.db.introspection.getTables()).map(({ name }) => name)).toEqual(['evaluations']);
  await sql`drop table evaluations`.execute(database.db);
  expect(await migrateDatabase(database, { waitSeconds: 0 })).toMatchObject({ version: neededSchemaVersion });
});
