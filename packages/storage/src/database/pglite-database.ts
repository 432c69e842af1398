import { access, rename, rm } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { connectDatabase, type Database } from './database.ts';

/** Type numbers of PostgreSQL, see its catalogue pg_type. */
const typeOf = { int8: 20, date: 1082, timestamptz: 1184 } as const;

const parsers = {
  [typeOf.int8]: Number,
  [typeOf.date]: (text: string) => text,
  [typeOf.timestamptz]: isoInstantOf,
};

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

/** An empty database in memory, gone when it is closed. */
export async function openMemoryDatabase(): Promise<Database> {
  return await connectDatabase(pgliteDialect());
}

async function createDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await connectDatabase(pgliteDialect(unfinished));
  await database.close();
  await rename(unfinished, folder);
}

function pgliteDialect(folder?: string): PGliteDialect {
  const options = folder === undefined ? { parsers } : { parsers, dataDir: folder };
  return new PGliteDialect({ pglite: () => PGlite.create(options) });
}

/** '2026-11-24 09:15:00.5+09' as PostgreSQL writes an instant, to '2026-11-24T00:15:00.500Z'. */
function isoInstantOf(text: string): string {
  const [, date, time, hours, minutes] = /^(\S+) (\S+?)([+-]\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  return new Date(`${date}T${time}${hours}:${minutes ?? '00'}`).toISOString();
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
