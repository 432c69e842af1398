import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that is to be put in the place of another one. */
export interface FinishedFile {
  readonly finished: string;
  readonly target: string;
}

/**
 * Puts a finished file in the place of another one. After a crash at any moment, power loss included, the target holds
 * the whole old content or the whole new one.
 */
export async function durableRename(finished: string, target: string): Promise<void> {
  await syncFile(finished);
  await renameFinished([{ finished, target }]);
}

/** Has the content of a file on the disk. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a file that others are not to read, in the place of one that is there, and has it on the disk. */
export async function writeSynced(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rest of {@link durableRename} for several files whose content is on the disk, as {@link writeSynced} has it. */
export async function renameFinished(files: readonly FinishedFile[]): Promise<void> {
  for (const { finished, target } of files) await rename(finished, target);
  for (const folder of new Set(files.map(({ target }) => dirname(target)))) await syncFolder(folder);
}

/** Makes new names in a folder durable. Windows cannot open a folder, and keeps the order of renames by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
