import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { notAFile } from './not-a-file.ts';

/** Process that has the state folder, as the file `lock` names it. */
export interface LockHolder {
  readonly pid: number;
  /** Its purpose, such as "daytrade up". */
  readonly purpose: string;
  /** Instant, ISO 8601 in UTC. */
  readonly since: string;
  readonly host: string;
}

/** Writes the file as a whole. Only the holder of the system's lock does so, and so under one name. */
export function writeHolder(path: string, { purpose, since }: Pick<LockHolder, 'purpose' | 'since'>): string {
  const text = JSON.stringify({ pid: process.pid, purpose, since, host: hostname() } satisfies LockHolder);
  readText(path);
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, path);
  return text;
}

/** Removes the file, if it still has the text that this process wrote. */
export function removeHolder(path: string, text: string): void {
  if (readText(path) === text) rmSync(path, { force: true });
}

/**
 * Returns the holder that the file names; undefined where it names none.
 *
 * @throws DayTradeError `state.damaged` when something else stands in its place
 */
export function readHolder(path: string): LockHolder | undefined {
  try {
    const value = JSON.parse(readText(path) ?? '') as LockHolder | null;
    return Number.isInteger(value?.pid) ? (value as LockHolder) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** "process 12 (daytrade up) of host a1b2 since 2026-11-24T00:30:00.000Z"; the host only where it is another. */
export function holderInWords({ pid, purpose, since, host }: LockHolder): string {
  return `process ${pid} (${purpose})${host === hostname() ? '' : ` of host ${host}`} since ${since}`;
}

function readText(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw notAFile(path, found);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
