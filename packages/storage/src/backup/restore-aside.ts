import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openProcessFolder } from '../bars/process-folder.ts';
import { type RestoreStateOptions, restoreState } from './restore-state.ts';

/**
 * Restores a backup into a folder of its own, which is removed afterwards: a rehearsal that touches nothing else.
 *
 * @param scratch folder of this machine; a rehearsal that was killed is removed from it by the next one
 */
export async function restoreAside<Found>(
  scratch: string,
  options: Omit<RestoreStateOptions<Found>, 'folder' | 'replace'>,
): ReturnType<typeof restoreState<Found>> {
  const folder = await openProcessFolder(scratch, 'drill');
  try {
    return await restoreState({ ...options, folder: join(folder, 'state'), replace: false });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
