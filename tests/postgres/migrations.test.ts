import { openPostgresDatabase } from '@daytrade/storage';
import { migrationSuite } from '@daytrade/storage/testing';
import { afterAll, beforeAll } from 'vitest';
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
