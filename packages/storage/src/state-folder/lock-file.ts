import { lstatSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { notAFile } from './not-a-file.ts';

/** What the file says, and when it was last touched. */
export interface LockText {
  readonly text: string;
  readonly touchedAt: number;
}

/**
 * Reads a lock file as it is now.
 *
 * @returns undefined when there is none
 * @throws DayTradeError `state.damaged` when something else stands in its place
 */
export function readLock(path: string): LockText | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw notAFile(path, found);
  try {
    // Opening a file asks a network file system for what is true now, so the time is looked at after it.
    const text = readFileSync(path, 'utf8');
    return { text, touchedAt: lstatSync(path).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a lock file as a whole. Only the holder of the system's lock does so, and so under one name. */
export function writeLock(path: string, text: string): void {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, path);
}

/** @param at instant, milliseconds since 1970 UTC */
export function touchLock(path: string, at: number): void {
  utimesSync(path, at / 1000, at / 1000);
}

/** Removes a lock file, if it still says what this process wrote. */
export function removeLock(path: string, text: string): void {
  if (readLock(path)?.text === text) rmSync(path, { force: true });
}
