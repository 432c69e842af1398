import { migrateDatabase, openPostgresDatabase } from '@daytrade/storage';
import { repositorySuite } from '@daytrade/storage/testing';
import { afterAll, beforeAll } from 'vitest';
import { PostgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.close());

repositorySuite('PostgreSQL', async () => {
  const database = await openPostgresDatabase(await server.createDatabase());
  await migrateDatabase(database, { waitSeconds: 0 });
  return database;
});
