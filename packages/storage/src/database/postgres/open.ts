import { type Database, databaseOn } from '../database.ts';
import { postgresAdapter } from './adapter.ts';
import { postgresDialect } from './dialect.ts';
import { compilePostgresOptions, type PostgresOptions } from './options.ts';

/**
 * A database on a PostgreSQL server. Nothing is asked of the server before the first query, so that a service starts
 * while the server is down, and nothing is ever migrated here (see `migrateDatabase`). The pool outlives a restart of
 * the server: connections that broke are replaced.
 *
 * @example
 * const database = await openPostgresDatabase({
 *   host: 'postgresql',
 *   database: 'daytrade',
 *   user: 'daytrade',
 *   authentication: { kind: 'password', password },
 *   tls: { kind: 'verify', caFile: '/etc/day-trade/ca.pem' },
 * });
 * await schemaVersion(database); // 2
 * await database.close();
 *
 * Every query throws DayTradeError `service.unavailable` (worth another try) when the server does not answer in time,
 * and `dependency.refused` when it does not let us in. Work within `waitingForDatabase` waits for it.
 *
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read, or for a token of AWS IAM without TLS
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  return databaseOn(await postgresDialect(compilePostgresOptions(options)), postgresAdapter);
}
