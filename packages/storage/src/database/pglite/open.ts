import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { type Database, databaseOn } from '../database.ts';
import { migrateDatabase } from '../migrations.ts';
import { postgresAdapter } from '../postgres/adapter.ts';
import { valueParsers } from '../postgres/schema.ts';
import { noVersion, openingFailure } from './errors.ts';

const ownerOnly = 0o700;
/** The first file of a new database. Without it PostgreSQL would overwrite an existing one. */
const versionFile = 'PG_VERSION';
/**
 * The default of 128 MB for cached pages fills up over days and never shrinks. The tables are small, and repeated reads
 * come from the system's cache.
 */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB'];

/**
 * Opens PGlite, PostgreSQL compiled to WebAssembly, in a folder that no other process uses (see `StateFolder`), and
 * migrates it. A new database is complete before it takes its place. After a crash, PostgreSQL's write-ahead log
 * restores every committed transaction.
 *
 * @param folder absolute path
 * @param version schema version of a new database; default: the newest
 * @throws DayTradeError `state.damaged` when files are damaged or missing; `state.unwritable`
 */
export async function openPGliteDatabase(folder: string, version?: number): Promise<Database> {
  try {
    const found = await contentsOf(folder);
    if (found.length > 0 && !found.includes(versionFile)) throw noVersion(folder);
    if (found.length === 0) await createDatabase(folder, version);
    // PGlite makes its files readable for all users, so the folder has to protect them.
    await chmod(folder, ownerOnly);
    return await openMigrated(folder, version);
  } catch (error) {
    throw await openingFailure(folder, error);
  }
}

async function openMigrated(folder: string, version: number | undefined): Promise<Database> {
  const pglite = () => PGlite.create({ dataDir: folder, parsers: { ...valueParsers }, startParams });
  const database = databaseOn(new PGliteDialect({ pglite }), postgresAdapter);
  try {
    await migrateDatabase(database, { waitSeconds: 0, version });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function createDatabase(folder: string, version: number | undefined): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: ownerOnly });
  const database = await openMigrated(unfinished, version);
  await database.close();
  await restrictToOwner(unfinished);
  await rename(unfinished, folder);
}

/** Takes the rights of group and others away, so that a copy of the folder elsewhere stays private. */
async function restrictToOwner(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? ownerOnly : ownerOnly & 0o666);
  }
}

/** Lists a folder; empty for one that does not exist. */
async function contentsOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
