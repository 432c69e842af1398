import { createHash } from 'node:crypto';
import { mapAtOnce } from '../bars/map-at-once.ts';
import type { ObjectEntry, ObjectStore } from '../objects/object-store.ts';
import type { BackupPlace } from './backup-place.ts';
import type { BackupObject } from './manifest.ts';

const readsAtOnce = 4;
/** What begins so is on its way: parts of uploads and of trainings. */
const passing = ['uploads/', 'parts/'];

/** The objects that a backup has. */
export async function listObjects(files: ObjectStore): Promise<readonly ObjectEntry[]> {
  return (await files.entries('')).filter(({ key }) => !passing.some((prefix) => key.startsWith(prefix)));
}

/** Where copies go, and which are there. */
export interface CopyTarget {
  readonly place: BackupPlace;
  /** Names of pieces that are there; those that are sent are added. */
  readonly there: Set<string>;
  /** Objects as earlier backups and passes have them, by key; those that are read are added. */
  readonly copied: Map<string, BackupObject>;
  /** Called with the bytes of each object that is done with, and with how many of them were sent. */
  readonly onObject: (bytes: number, sent: number) => void;
  /** False only counts what would be sent. */
  readonly sends: boolean;
  readonly signal: AbortSignal;
}

/** Sends what is not there yet of the objects. One that is gone meanwhile is left out. */
export async function copyObjects(
  files: ObjectStore,
  entries: readonly ObjectEntry[],
  { place, there, copied, onObject, sends, signal }: CopyTarget,
): Promise<void> {
  await mapAtOnce(entries, readsAtOnce, async ({ key, version }) => {
    signal.throwIfAborted();
    const before = copied.get(key);
    if (before?.version === version && before.pieces.every((name) => there.has(name))) return onObject(before.bytes, 0);
    const found = await files.getVersioned(key);
    if (found === undefined) return;
    const pieces: string[] = [];
    let sent = 0;
    for await (const piece of place.sealed(found.bytes)) {
      pieces.push(piece.name);
      if (there.has(piece.name)) continue;
      if (sends) await place.put(piece);
      there.add(piece.name);
      sent += piece.bytes.length;
    }
    const sha256 = createHash('sha256').update(found.bytes).digest('hex');
    copied.set(key, { key, version: found.version, bytes: found.bytes.length, sha256, pieces });
    onObject(found.bytes.length, sent);
  });
}
