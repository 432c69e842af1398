import { chmod, mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { unwritable } from '../../state-folder/unwritable.ts';
import { type Database, databaseOn } from '../database.ts';
import { migrateDatabase } from '../migrations.ts';
import { postgresAdapter } from '../postgres/adapter.ts';
import { valueParsers } from '../postgres/schema.ts';

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

/** Reasons by the numbers of PGlite's file system, which are those of WASI's `__wasi_errno_t`. */
const reasons: Readonly<Record<number, string>> = {
  2: 'EACCES: permission denied',
  19: 'EDQUOT: the disk quota is used up',
  29: 'EIO: the disk failed to read or write',
  51: 'ENOSPC: no space left on the disk',
  63: 'EPERM: operation not permitted',
  69: 'EROFS: the file system is read-only',
};

/** Free space below which PGlite cannot write its log, and ends without a reason. */
const needed = { mebibytes: 32 };

/** Returns the error of a database that did not open: the system's reason if nothing can be written, else damage. */
async function openingFailure(folder: string, error: unknown): Promise<DayTradeError> {
  if (isDayTradeError(error)) return error;
  const what = `the database in ${folder}`;
  const { errno, code } = (error ?? {}) as { readonly errno?: number; readonly code?: unknown };
  const reason = errno === undefined ? undefined : reasons[errno];
  if (reason !== undefined) return unwritable(what, new Error(reason, { cause: error }));
  if (postgresAdapter.isDiskFull(error) || (typeof code === 'string' && /^E[A-Z]+$/.test(code)))
    return unwritable(what, error);
  const left = await mebibytesLeft(folder);
  if (left !== undefined && left < needed.mebibytes) {
    return unwritable(what, new Error(`${reasons[51]} (${left} MiB are left)`, { cause: error }));
  }
  return damaged(folder, `cannot be opened: its files are damaged or not all there (${wordsOf(error)})`, error);
}

function noVersion(folder: string): DayTradeError {
  const found = 'has files and no PG_VERSION, so it is only a part of a database; nothing in it was changed';
  return damaged(folder, `${found}. Put the whole folder back from a copy of the state folder`);
}

function damaged(folder: string, problem: string, cause?: unknown): DayTradeError {
  return new DayTradeError('state.damaged', `the database in ${folder} ${problem}`, { cause });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] as string) : JSON.stringify(error);
}

async function mebibytesLeft(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(dirname(folder));
    return Math.floor((bavail * bsize) / 2 ** 20);
  } catch {
    return undefined;
  }
}
