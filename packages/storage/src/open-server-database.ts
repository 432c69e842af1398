import type { Database } from './database/database.ts';
import type { MssqlOptions } from './database/mssql/open.ts';
import { openMssqlDatabase } from './database/mssql/open.ts';
import type { PostgresOptions } from './database/postgres/open.ts';
import { openPostgresDatabase } from './database/postgres/open.ts';

/** A database on a server, by which engine it is. */
export type ServerOptions = PostgresOptions | MssqlOptions;

/**
 * Opens a database on a server, see {@link openPostgresDatabase} and {@link openMssqlDatabase}.
 * @throws DayTradeError `settings.invalid`
 */
export async function openServerDatabase(options: ServerOptions): Promise<Database> {
  return options.engine === 'mssql' ? await openMssqlDatabase(options) : await openPostgresDatabase(options);
}
