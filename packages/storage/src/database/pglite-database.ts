import { access, rename, rm } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { connectDatabase, type Database } from './database.ts';
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
    return await connectDatabase(pgliteDialect(folder));
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new DayTradeError('state.damaged', `the database in ${folder} cannot be opened: ${message}`, {
      details: { folder },
      cause: error,
    });
  }
}

async function createDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await connectDatabase(pgliteDialect(unfinished));
  await database.close();
  await rename(unfinished, folder);
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
