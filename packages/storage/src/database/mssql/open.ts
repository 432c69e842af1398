import { loadChosen } from '@daytrade/errors';
import { type Database, databaseOn } from '../database.ts';
import { trustedAuthorities } from '../trusted-authorities.ts';
import { mssqlAdapter } from './adapter.ts';
import { compileMssqlOptions, type MssqlOptions } from './options.ts';

/**
 * A database on SQL Server 2022 or newer, or of Azure SQL. Nothing is asked of the server before the first query, so
 * that a service starts while the server is down, and nothing is ever migrated here (see `migrateDatabase`). A
 * connection that broke is replaced.
 *
 * @example
 * const database = await openMssqlDatabase({
 *   engine: 'mssql',
 *   host: 'example.database.windows.net',
 *   database: 'daytrade',
 *   authentication: { kind: 'password', user: 'daytrade', password },
 *   tls: { kind: 'verify' },
 * });
 * await schemaVersion(database); // 2
 * await database.close();
 *
 * Every query throws DayTradeError `service.unavailable` (worth another try) when the server does not answer in time,
 * and `dependency.refused` when it does not let us in. Work within `waitingForDatabase` waits for it.
 *
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read, for a token of Entra without TLS, or where
 *   the driver is not installed
 */
export async function openMssqlDatabase(options: MssqlOptions): Promise<Database> {
  const compiled = compileMssqlOptions(options);
  if (options.tls.kind === 'verify') await trustedAuthorities(options.tls.caFile);
  // The driver takes memory that only who uses it pays for.
  const { mssqlDialect } = await loadChosen('SQL Server and Azure SQL', 'tedious', () => import('./dialect.ts'));
  return databaseOn(mssqlDialect(compiled), mssqlAdapter);
}
