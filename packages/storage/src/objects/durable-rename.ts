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
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rest of {@link durableRename} for several files of which {@link syncFile} is done. */
export async function renameFinished(files: readonly FinishedFile[]): Promise<void> {
  for (const { finished, target } of files) await rename(finished, target);
  for (const folder of new Set(files.map(({ target }) => dirname(target)))) await syncFolder(folder);
}

/** Makes the renames in a folder last. Windows cannot open a folder, and keeps the order of renames by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
