import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { StateFolder } from './state-folder.ts';
import { unwritable } from './unwritable.ts';

/** What a restore replaces; the rest of the folder belongs to the processes that use it. */
const parts = ['database', 'bars', 'objects'] as const;
/** Where a restore writes. */
const unfinished = 'restore-unfinished';
/** What it is called once it is whole and was verified: from this rename on the restore will be finished. */
const whole = 'restore-whole';
const replaced = 'restore-replaced';

/** Where a restore puts the new state; what an earlier one left there is removed. */
export async function newRestoreFolder(folder: StateFolder): Promise<string> {
  await finishRestore(folder);
  return folder.join(unfinished);
}

/** Whether a state folder has a state that a restore would replace. */
export function hasState(folder: StateFolder): boolean {
  return parts.some((part) => existsSync(folder.join(part)));
}

/** Puts the new state, which is whole, in the place of the old one. */
export async function takeRestored(folder: StateFolder): Promise<void> {
  try {
    await rename(folder.join(unfinished), folder.join(whole));
  } catch (error) {
    throw unwritable(folder.path, error);
  }
  await finishRestore(folder);
}

/**
 * Ends what a restore was killed in: before the new state was whole the old one stays, after that the new one is put
 * in its place. Every step can be done again.
 *
 * @throws DayTradeError `state.unwritable`
 */
export async function finishRestore(folder: StateFolder): Promise<void> {
  try {
    await remove(folder.join(unfinished));
    if (existsSync(folder.join(whole))) for (const part of parts) await exchange(folder, part);
    await remove(folder.join(whole));
    await remove(folder.join(replaced));
  } catch (error) {
    throw unwritable(folder.path, error);
  }
}

/** While the new part is still where the restore put it, a part in its place is the old one. */
async function exchange(folder: StateFolder, part: string): Promise<void> {
  const found = folder.join(whole, part);
  if (!existsSync(found)) return;
  const old = folder.join(part);
  if (existsSync(old)) {
    await remove(folder.join(replaced));
    await rename(old, folder.join(replaced));
  }
  await rename(found, old);
}

async function remove(path: string): Promise<void> {
  if (existsSync(path)) await rm(path, { recursive: true, force: true });
}
