import { DayTradeError } from '@daytrade/errors';
import { type Database, databaseOn } from '../database.ts';
import { type ServerOptions, type WithDefaults, withDefaults } from '../server-options.ts';
import { postgresAdapter } from './adapter.ts';
import { postgresDialect } from './dialect.ts';

/** Credentials of a connection. */
export type PostgresAuthentication =
  | { readonly kind: 'password'; readonly password: string }
  /** A new token of AWS IAM for every connection; region and credentials come from the AWS SDK's own chain. */
  | { readonly kind: 'aws-iam' };

/** A database on a PostgreSQL server. */
export interface PostgresOptions extends ServerOptions {
  readonly engine?: 'postgres';
  readonly user: string;
  readonly authentication: PostgresAuthentication;
}

/** The options with every default filled in. */
export type CompiledPostgresOptions = WithDefaults<PostgresOptions>;

/**
 * Opens a database on a PostgreSQL server. It connects with the first query, replaces broken connections after a
 * restart of the server, and never migrates (see `migrateDatabase`).
 *
 * @example
 * const database = await openPostgresDatabase({
 *   host: 'postgresql',
 *   database: 'daytrade',
 *   user: 'daytrade',
 *   authentication: { kind: 'password', password },
 *   tls: { kind: 'verify', caFile: '/etc/day-trade/ca.pem' },
 * });
 * await schemaVersion(database); // 1
 * await database.close();
 *
 * Every query throws DayTradeError `service.unavailable`, which is retryable, when the server does not answer in time,
 * and `dependency.refused` for a refused login.
 *
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read, or for a token of AWS IAM without TLS
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  if (options.authentication.kind === 'aws-iam' && options.tls.kind === 'off') {
    throw new DayTradeError(
      'settings.invalid',
      'the database: a token of AWS IAM is sent over TLS only, and TLS is off',
    );
  }
  return databaseOn(await postgresDialect(withDefaults(options, 5432)), postgresAdapter);
}
