import { access, rename, rm } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { type Database, databaseOn } from '../database.ts';
import { migrateDatabase } from '../migrate.ts';
import { pgliteDialect } from './pglite-dialect.ts';

/**
 * Opens the embedded PostgreSQL in a folder, which one process uses at a time (see `StateFolder`). A new database is
 * made beside its place and moved there when it is complete, so that a crash in between leaves none; after any other
 * crash PostgreSQL's write-ahead log brings back every transaction that was committed.
 *
 * @param folder absolute path
 * @throws DayTradeError `state.damaged` when it cannot be opened
 */
export async function openPGliteDatabase(folder: string): Promise<Database> {
  try {
    if (!(await exists(folder))) await createDatabase(folder);
    return await openMigrated(folder);
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new DayTradeError('state.damaged', `the database in ${folder} cannot be opened: ${message}`, {
      details: { folder },
      cause: error,
    });
  }
}

/** One process uses the embedded database, so it brings its tables up to date by itself; in memory without a folder. */
export async function openMigrated(folder?: string): Promise<Database> {
  const database = databaseOn(pgliteDialect(folder));
  try {
    await migrateDatabase(database.db, { waitSeconds: 0 });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function createDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await openMigrated(unfinished);
  await database.close();
  await rename(unfinished, folder);
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
