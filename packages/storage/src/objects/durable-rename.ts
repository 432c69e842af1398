import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts a finished file in the place of another one. After a crash at any moment, power loss included, the target holds
 * the whole old content or the whole new one.
 */
export async function durableRename(finished: string, target: string): Promise<void> {
  const file = await open(finished, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(finished, target);
  await syncFolder(dirname(target));
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
