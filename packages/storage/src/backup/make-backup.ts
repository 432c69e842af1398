import { hash } from 'node:crypto';
import { isDayTradeError } from '@daytrade/errors';
import { compareText } from '@daytrade/market';
import { mapAtOnce } from '../bars/map-at-once.ts';
import { schemaVersion } from '../database/migrations.ts';
import type { ObjectEntry } from '../objects/object-store.ts';
import type { Stores } from '../stores.ts';
import {
  type Backup,
  type BackupFile,
  type BackupHead,
  type BackupPlace,
  backupFormat,
  backupId,
} from './backup-place.ts';
import { readRows, rowCopiesOf } from './copy-rows.ts';

/** Progress of a backup or a restore; `fraction` from 0 to 1. */
export interface CopyProgress {
  readonly stage: string;
  readonly fraction: number;
}

export interface MakeBackupOptions {
  readonly stores: Pick<Stores, 'database' | 'files'>;
  readonly place: BackupPlace;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly version: string;
  /** Counts what would be sent, and writes nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly progress: (progress: CopyProgress) => void;
}

export interface MadeBackup {
  readonly head: BackupHead;
  /** Stored bytes of the files that the newest backup did not have. */
  readonly sentBytes: number;
  readonly sentFiles: number;
}

const readsAtOnce = 4;
/** Objects of unfinished work. */
const unfinished = ['uploads/', 'parts/'];
/** Largest number of passes over objects that change while they are copied. */
const mostPasses = 5;

/**
 * Backs up everything while the platform runs: first the objects, which take the longest, then the database in one
 * snapshot, then the objects that changed meanwhile, until a pass finds none. Objects are written before the rows that
 * name them, so the backup has every object of the snapshot.
 *
 * @throws DayTradeError `dependency.refused` for a database whose rows cannot be copied; errors of the stores
 */
export async function makeBackup(options: MakeBackupOptions): Promise<MadeBackup> {
  const { stores, now, version, signal, progress } = options;
  const { database, files } = stores;
  rowCopiesOf(database);
  const startedAt = new Date(now()).toISOString();
  progress({ stage: 'looking at what is backed up already', fraction: 0 });
  const copy = new BackupCopy(options, backupId(now()), await newestBackup(options.place));
  const list = async () => (await files.entries('')).filter(({ key }) => !unfinished.some((it) => key.startsWith(it)));

  const first = await list();
  let done = 0;
  await copy.objects(first, () => {
    done += 1;
    progress({ stage: 'copying objects', fraction: (0.8 * done) / first.length });
  });

  const before = await list();
  progress({ stage: 'copying the database', fraction: 0.8 });
  const snapshotAt = new Date(now()).toISOString();
  const rowFiles: (readonly [path: string, content: Uint8Array])[] = [];
  const { tables, bytes } = await readRows(database, (path, content) => {
    signal.throwIfAborted();
    rowFiles.push([path, content]);
  });
  const schema = await schemaVersion(database);
  // After the snapshot, so that the transaction does not wait for the place.
  for (const [path, content] of rowFiles) await copy.file(path, content);

  progress({ stage: 'copying what changed meanwhile', fraction: 0.9 });
  let after = await list();
  for (let pass = 0; pass < mostPasses && (await copy.objects(after)) > 0; pass += 1) after = await list();
  copy.keepObjects(new Set([...before, ...after].map(({ key }) => key)));
  signal.throwIfAborted();
  const head: BackupHead = {
    format: backupFormat,
    id: copy.id,
    startedAt,
    snapshotAt,
    finishedAt: new Date(now()).toISOString(),
    version,
    schemaVersion: schema,
    counts: { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), ...copy.counts(bytes) },
    tables,
  };
  await copy.finish(head);
  return { head, sentBytes: copy.sentBytes, sentFiles: copy.sentFiles };
}

/** The files of a backup that is being made. */
class BackupCopy {
  readonly id: string;
  sentBytes = 0;
  sentFiles = 0;
  readonly #options: MakeBackupOptions;
  readonly #earlier: Backup | undefined;
  readonly #manifest = new Map<string, BackupFile>();
  /** Version and size of each copied object, by key. */
  readonly #copied = new Map<string, { readonly version: string; readonly bytes: number }>();

  constructor(options: MakeBackupOptions, id: string, earlier: Backup | undefined) {
    this.#options = options;
    this.id = id;
    this.#earlier = earlier;
  }

  /** Copies the objects that changed since they were copied. One that is gone meanwhile is left out. */
  async objects(entries: readonly ObjectEntry[], onObject?: () => void): Promise<number> {
    const { stores, signal } = this.#options;
    let copied = 0;
    await mapAtOnce(entries, readsAtOnce, async ({ key, version }) => {
      signal.throwIfAborted();
      onObject?.();
      if (this.#copied.get(key)?.version === version) return;
      const found = await stores.files.getVersioned(key);
      if (found === undefined) return;
      await this.file(`files/${key}`, found.bytes);
      this.#copied.set(key, { version: found.version, bytes: found.bytes.length });
      copied += 1;
    });
    return copied;
  }

  /** Writes a file, or links the one of the newest backup if it is the same. */
  async file(path: string, content: Uint8Array): Promise<void> {
    const { place, dryRun } = this.#options;
    const earlier = this.#earlier;
    const plain = { sha256: hash('sha256', content), isEncrypted: false, bytes: content.length };
    const isSame = place.links && earlier?.manifest.get(path)?.sha256 === plain.sha256;
    if (isSame && (dryRun || (await place.reuse(earlier.head.id, this.id, path)))) {
      this.#manifest.set(path, plain);
      return;
    }
    const file = dryRun ? plain : await place.write(this.id, path, content);
    this.#manifest.set(path, file);
    this.sentBytes += file.bytes;
    this.sentFiles += 1;
  }

  /** Leaves out the objects that were removed before the snapshot. */
  keepObjects(keys: ReadonlySet<string>): void {
    for (const key of [...this.#copied.keys()].filter((it) => !keys.has(it))) {
      this.#copied.delete(key);
      this.#manifest.delete(`files/${key}`);
    }
  }

  counts(rowBytes: number): Pick<BackupHead['counts'], 'objects' | 'barFiles' | 'bytes'> {
    const bytes = [...this.#copied.values()].reduce((sum, object) => sum + object.bytes, rowBytes);
    const barFiles = [...this.#copied.keys()].filter((key) => key.startsWith('bars/')).length;
    return { objects: this.#copied.size, barFiles, bytes };
  }

  async finish(head: BackupHead): Promise<void> {
    const { place, dryRun } = this.#options;
    const sorted = [...this.#manifest].sort(([one], [other]) => compareText(one, other));
    if (!dryRun) await place.finish(head, new Map(sorted));
  }
}

/** Returns undefined without a readable backup; then all files are sent. */
async function newestBackup(place: BackupPlace): Promise<Backup | undefined> {
  try {
    return await place.find();
  } catch (error) {
    if (isDayTradeError(error) && error.code.startsWith('backup.')) return undefined;
    throw error;
  }
}
