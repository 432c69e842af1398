import { openPostgresDatabase } from '@daytrade/storage';
import { migrationSuite } from '@daytrade/storage/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { PostgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.close());

migrationSuite('PostgreSQL', () => ({
  openTwice: async () => {
    const options = await server.createDatabase();
    return [await openPostgresDatabase(options), await openPostgresDatabase(options)];
  },
  openRefused: async () => {
    const options = await server.createDatabase();
    return await openPostgresDatabase({ ...options, authentication: { kind: 'password', password: 'wrong' } });
  },
  stop: () => server.stop(),
  start: () => server.start(),
}));

it('the lock of migrations is the one that earlier versions take', async () => {
  const database = await openPostgresDatabase(await server.createDatabase());
  onTestFinished(() => database.close());
  await database.db.connection().execute(async (connection) => {
    const held = await database.adapter.alone(connection, async () => {
      const lock = sql<{ objid: string }>`select objid::text from pg_locks where locktype = 'advisory'`;
      return (await lock.execute(connection)).rows;
    });
    // 4871093215 in two halves, of which this is the lower one.
    expect(held).toEqual([{ objid: String(4_871_093_215 % 2 ** 32) }]);
  });
});
