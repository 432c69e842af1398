import { openMssqlDatabase } from '@daytrade/storage';
import { migrationSuite } from '@daytrade/storage/testing';
import { afterAll, beforeAll } from 'vitest';
import { SqlServer } from './server/sql-server.ts';

let server: SqlServer;
beforeAll(async () => {
  server = await SqlServer.start();
});
afterAll(() => server.close());

migrationSuite('a stand-in of a SQL Server', () => ({
  openTwice: async () => {
    const options = await server.createDatabase();
    return [await openMssqlDatabase(options), await openMssqlDatabase(options)];
  },
  openRefused: async () => {
    const options = await server.createDatabase();
    const authentication = { kind: 'password', user: 'daytrade', password: 'wrong' } as const;
    return await openMssqlDatabase({ ...options, authentication });
  },
  stop: () => server.stop(),
  start: () => server.start(),
}));
