import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { StateFolder } from './state-folder.ts';
import { unwritable } from './unwritable.ts';

/** The parts that a restore replaces; the rest of the folder belongs to running processes. */
const parts = ['database', 'bars', 'objects'] as const;
const unfinished = 'restore-unfinished';
/** Name of the folder once it is verified; after this rename the restore will be completed. */
const whole = 'restore-whole';
const replaced = 'restore-replaced';

export async function newRestoreFolder(folder: StateFolder): Promise<string> {
  await finishRestore(folder);
  return folder.join(unfinished);
}

/** Returns true if a state folder has a state that a restore would replace. */
export function hasState(folder: StateFolder): boolean {
  return parts.some((part) => existsSync(folder.join(part)));
}

/** Replaces the old state by the verified new one. */
export async function takeRestored(folder: StateFolder): Promise<void> {
  try {
    await rename(folder.join(unfinished), folder.join(whole));
  } catch (error) {
    throw unwritable(folder.path, error);
  }
  await finishRestore(folder);
}

/**
 * Completes an interrupted restore: before the rename the old state stays, after it the new one takes its place. Every
 * step can be repeated.
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

/** Swaps one part. While the restored part is still in its folder, the part in the state is the old one. */
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
