import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackNewDatabase } from '../../new-database/new-database.ts';
import { type Database, databaseOn } from '../database.ts';
import { migrateDatabase } from '../migrate.ts';
import { neededSchemaVersion } from '../schema-version.ts';
import { pgliteAdapter } from './adapter.ts';
import { pgliteDialect } from './dialect.ts';
import { noVersion, openingFailure } from './errors.ts';

/**
 * Opens the embedded PostgreSQL in a folder, which one process uses at a time (see `StateFolder`). A new database is
 * made beside its place and moved there when it is complete, so that a crash in between leaves none; after any other
 * crash PostgreSQL's write-ahead log brings back every transaction that was committed.
 *
 * @param folder absolute path
 * @throws DayTradeError `state.damaged` when it cannot be opened, or is a part of a database only; `state.unwritable`
 */
export async function openPGliteDatabase(folder: string): Promise<Database> {
  try {
    const found = await contentsOf(folder);
    if (found.length > 0 && !found.includes(versionFile)) throw noVersion(folder);
    if (found.length === 0) await createDatabase(folder);
    // The files in it are made for everyone, whatever the umask: what protects them is the folder.
    await chmod(folder, ownerOnly);
    return await openMigrated(folder);
  } catch (error) {
    throw await openingFailure(folder, error);
  }
}

const ownerOnly = 0o700;
/** The file that PostgreSQL makes first in a new database. Where it is missing it would make a new one over the old. */
const versionFile = 'PG_VERSION';

/** One process uses the embedded database, so it brings its tables up to date by itself. */
async function openMigrated(folder: string, version?: number): Promise<Database> {
  const database = databaseOn(pgliteDialect({ folder }), pgliteAdapter);
  try {
    await migrateDatabase(database, { waitSeconds: 0, version });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Makes a database in a folder that does not exist, and opens it. A crash leaves a part of one.
 *
 * @param schemaVersion that of its tables
 */
export async function makePGliteDatabase(folder: string, schemaVersion: number): Promise<Database> {
  await unpackInto(folder, schemaVersion);
  return await openMigrated(folder, schemaVersion);
}

async function createDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  if ((await unpackInto(unfinished, neededSchemaVersion)) !== neededSchemaVersion) await complete(unfinished);
  await rename(unfinished, folder);
}

/** @returns schema version of what was unpacked; nothing where the engine has to make its own */
async function unpackInto(folder: string, schemaVersion: number): Promise<number | undefined> {
  await mkdir(folder, { recursive: true, mode: ownerOnly });
  return await unpackNewDatabase(folder, schemaVersion);
}

/** Lets the engine make what was not packed. */
async function complete(folder: string): Promise<void> {
  const database = await openMigrated(folder);
  await database.close();
  await takeFromOthers(folder);
}

/** Takes the rights of group and others away in all of a folder, so that a copy of it elsewhere is as private. */
async function takeFromOthers(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? ownerOnly : ownerOnly & 0o666);
  }
}

/** Nothing where there is no folder. */
async function contentsOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
