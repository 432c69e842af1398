import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface FinishedFile {
  readonly finished: string;
  readonly target: string;
}

/**
 * Moves a finished file to its final path. After a crash or power loss, the target has the whole old content or the
 * whole new one.
 */
export async function durableRename(finished: string, target: string): Promise<void> {
  await syncFile(finished);
  await renameFinished([{ finished, target }]);
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

/** Writes or replaces a private file and flushes it to the disk. */
export async function writeSynced(path: string, content: Uint8Array): Promise<void> {
  await using file = await open(path, 'w', 0o600);
  await file.writeFile(content);
  await file.sync();
}

/** Does the renames of {@link durableRename} for several files that are flushed already, as by {@link writeSynced}. */
export async function renameFinished(files: readonly FinishedFile[]): Promise<void> {
  for (const { finished, target } of files) await rename(finished, target);
  for (const folder of new Set(files.map(({ target }) => dirname(target)))) await syncFolder(folder);
}

/** Makes new names in a folder durable. Windows cannot open a folder, and keeps the order of renames by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}
