import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDayTradeError } from '@daytrade/errors';
import { openProcessFolder } from '../bars/process-folder.ts';
import { recentBarsKey } from '../bars/recent-bars.ts';
import { schemaVersion } from '../database/migrations.ts';
import { unwritable } from '../state-folder/unwritable.ts';
import type { Stores } from '../stores.ts';
import type { BackupPlace } from './backup-place.ts';
import { copyObjects, listObjects } from './copy-objects.ts';
import { readRows, rowCopiesOf } from './copy-rows.ts';
import { type BackupContents, type BackupHead, backupFormat } from './manifest.ts';

/** How far a backup or a restore is; `fraction` from 0 to 1. */
export interface CopyProgress {
  readonly stage: string;
  readonly fraction: number;
}

export interface MakeBackupOptions {
  readonly stores: Pick<Stores, 'database' | 'files'>;
  readonly place: BackupPlace;
  /** Folder of this machine for what is on its way; it is encrypted there. */
  readonly scratch: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Of the platform. */
  readonly version: string;
  /** Only says what would be sent. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly progress: (progress: CopyProgress) => void;
}

/** What a backup did. */
export interface MadeBackup {
  readonly head: BackupHead;
  /** Bytes that were sent, encrypted; what was there already is not sent again. */
  readonly sentBytes: number;
  readonly sentPieces: number;
}

/**
 * Backs up everything while the platform goes on. Objects are read first, which takes the longest; then the database,
 * in one transaction; then the objects that came or changed meanwhile. What a row names is written before the row, so
 * every object that a row of the snapshot names is in the backup. The head is written last: whatever a
 * crash leaves without it does not count, and its pieces need not be sent again.
 *
 * @throws DayTradeError `backup.damaged` when pieces of it were removed meanwhile; `backup.newer`; `state.unwritable`;
 *   `dependency.refused` for a database whose rows are not copied; what stores throw
 */
export async function makeBackup(options: MakeBackupOptions): Promise<MadeBackup> {
  const { stores, place, now, version, dryRun, signal, progress } = options;
  const { database, files } = stores;
  // Before the objects, which take the longest.
  rowCopiesOf(database);
  const startedAt = new Date(now()).toISOString();
  progress({ stage: 'looking at what is backed up already', fraction: 0 });
  const there = await place.pieces();
  const atStart = there.size;
  const copied = new Map((await newestContents(place)).objects.map((object) => [object.key, object]));
  let sentBytes = 0;
  let passed = 0;
  const first = await listObjects(files);
  const target = { place, there, copied, sends: !dryRun, signal };
  await copyObjects(files, first, {
    ...target,
    onObject: (_bytes, sent) => {
      passed += 1;
      sentBytes += sent;
      progress({ stage: 'copying objects', fraction: (0.8 * passed) / Math.max(first.length, 1) });
    },
  });

  const before = await listObjects(files);
  progress({ stage: 'copying the database', fraction: 0.8 });
  await using spool = await openSpool(options.scratch);
  const snapshotAt = new Date(now()).toISOString();
  let rowBytes = 0;
  const tables = await readRows(database, async (rows) => {
    rowBytes += Buffer.byteLength(rows);
    signal.throwIfAborted();
    const piece = await place.seal(Buffer.from(rows));
    if (there.has(piece.name)) return piece.name;
    there.add(piece.name);
    sentBytes += piece.bytes.length;
    if (!dryRun) await spool.keep(piece.name, piece.bytes);
    return piece.name;
  });
  const schema = await schemaVersion(database);
  for (const name of spool.names) await place.put({ name, bytes: await spool.read(name) });

  progress({ stage: 'copying what changed meanwhile', fraction: 0.9 });
  const onObject = (_bytes: number, sent: number) => {
    sentBytes += sent;
  };
  const last = { ...target, onObject };
  // As readers do: what leaves the newest bars is in the file of a symbol by then.
  const newest = await files.entries(recentBarsKey);
  await copyObjects(files, newest, last);
  const after = (await listObjects(files)).filter(({ key }) => key !== recentBarsKey);
  await copyObjects(files, after, last);
  const keys = new Set([...before, ...newest, ...after].map(({ key }) => key));
  const objects = [...keys].sort().flatMap((key) => copied.get(key) ?? []);
  const contents: BackupContents = { tables, objects };
  const names: string[] = [];
  for await (const piece of place.sealed(Buffer.from(JSON.stringify(contents)), true)) {
    names.push(piece.name);
    sentBytes += piece.bytes.length;
    if (!dryRun) await place.put(piece);
    there.add(piece.name);
  }
  const head: BackupHead = {
    format: backupFormat,
    id: snapshotAt.replaceAll(/[-:.]/g, ''),
    startedAt,
    snapshotAt,
    finishedAt: new Date(now()).toISOString(),
    version,
    schemaVersion: schema,
    counts: countsOf(contents, rowBytes),
    contents: names,
  };
  signal.throwIfAborted();
  if (!dryRun) await place.finish(head, contents);
  return { head, sentBytes, sentPieces: there.size - atStart };
}

function countsOf({ tables, objects }: BackupContents, rowBytes: number): BackupHead['counts'] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    tables: tables.length,
    rows: sum(tables.map(({ rows }) => rows)),
    objects: objects.length,
    barFiles: objects.filter(({ key }) => key.startsWith('bars/')).length,
    bytes: sum(objects.map(({ bytes }) => bytes)) + rowBytes,
  };
}

/** Nothing where there is no backup, or where it is damaged: then all objects are read, and no less is backed up. */
async function newestContents(place: BackupPlace): Promise<BackupContents> {
  const nothing = { tables: [], objects: [] };
  const [newest] = await place.ids();
  if (newest === undefined) return nothing;
  try {
    return await place.contents(await place.head(newest));
  } catch (error) {
    if (isDayTradeError(error) && error.code === 'backup.damaged') return nothing;
    throw error;
  }
}

/** Encrypted pieces of rows on this machine, so that the transaction does not wait for the place of the backup. */
async function openSpool(scratch: string) {
  const folder = await openProcessFolder(scratch, 'backup');
  const names: string[] = [];
  return {
    names: names as readonly string[],
    async keep(name: string, bytes: Buffer): Promise<void> {
      try {
        await writeFile(join(folder, name), bytes, { mode: 0o600 });
      } catch (error) {
        throw unwritable(folder, error);
      }
      names.push(name);
    },
    read: (name: string) => readFile(join(folder, name)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
