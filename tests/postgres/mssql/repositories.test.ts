import { type MssqlOptions, migrateDatabase, openMssqlDatabase } from '@daytrade/storage';
import { repositorySuite } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { realServer } from './real-server.ts';
import { SqlServer } from './server/sql-server.ts';

async function openMigrated(options: MssqlOptions) {
  const database = await openMssqlDatabase(options);
  await migrateDatabase(database, { waitSeconds: 0 });
  return database;
}

describe('on the stand-in', () => {
  let server: SqlServer;
  beforeAll(async () => {
    server = await SqlServer.start();
  });
  afterAll(() => server.close());
  repositorySuite('a stand-in of a SQL Server', async () => await openMigrated(await server.createDatabase()), 'none');
});

describe('on a real server', () => {
  const real = realServer();
  if (real === undefined) {
    it.skip('DAYTRADE_MSSQL_URL names no SQL Server');
    return;
  }
  afterAll(() => real.close());
  repositorySuite('a SQL Server', async () => await openMigrated(await real.createDatabase()), 'none');
});
