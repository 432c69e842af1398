import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseOn } from '../database/database.ts';
import { migrateDatabase } from '../database/migrate.ts';
import { pgliteAdapter } from '../database/pglite/adapter.ts';
import { pgliteDialect } from '../database/pglite/dialect.ts';

/**
 * Lets the engine make a new database in an empty folder, and its tables, as it does where no packed one serves.
 *
 * @param schemaVersion left out: the newest
 * @returns schema version of its tables
 */
export async function makeNewDatabase(folder: string, schemaVersion?: number): Promise<number> {
  const database = databaseOn(pgliteDialect({ folder }), pgliteAdapter);
  const { version } = await migrateDatabase(database, { waitSeconds: 0, version: schemaVersion });
  await database.close();
  await rm(join(folder, 'postmaster.pid'), { force: true });
  return version;
}
