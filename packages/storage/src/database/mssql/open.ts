import { DayTradeError, loadChosen } from '@daytrade/errors';
import { type Database, databaseOn } from '../database.ts';
import { type ServerOptions, type WithDefaults, withDefaults } from '../server-options.ts';
import { trustedAuthorities } from '../trusted-authorities.ts';
import { mssqlAdapter } from './adapter.ts';

export type MssqlAuthentication =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /**
   * A token of Entra for `https://database.windows.net`, requested at every connect. It gets most of the connect
   * timeout, so that its own error arrives before the pool gives up.
   */
  | { readonly kind: 'azure-entra'; readonly token: (withinMs: number) => Promise<string> };

/** A database on SQL Server 2022 or newer, or on Azure SQL. */
export interface MssqlOptions extends ServerOptions {
  readonly engine: 'mssql';
  readonly authentication: MssqlAuthentication;
}

export type CompiledMssqlOptions = WithDefaults<MssqlOptions>;

/**
 * Opens a database on SQL Server 2022 or newer, or on Azure SQL. It connects with the first query, replaces broken
 * connections, and never migrates (see `migrateDatabase`).
 *
 * Every query throws DayTradeError `service.unavailable`, which is retryable, when the server does not answer in time,
 * and `dependency.refused` for a refused login.
 *
 * @throws DayTradeError `settings.invalid` for an unreadable CA file, a token of Entra without TLS, or a driver that is
 *   not installed
 */
export async function openMssqlDatabase(options: MssqlOptions): Promise<Database> {
  if (options.authentication.kind === 'azure-entra' && options.tls.kind === 'off') {
    throw new DayTradeError('settings.invalid', 'the database: a token of Entra is sent over TLS only, and TLS is off');
  }
  if (options.tls.kind === 'verify') await trustedAuthorities(options.tls.caFile);
  // The driver is large, so it loads on demand.
  const { mssqlDialect } = await loadChosen('SQL Server and Azure SQL', 'tedious', () => import('./dialect.ts'));
  return databaseOn(mssqlDialect(withDefaults(options, 1433)), mssqlAdapter);
}
