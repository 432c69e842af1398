import { createHash } from 'node:crypto';
import { link, open, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { processStart } from './process-start.ts';

/** What a lock file says about the process that holds it. */
export interface LockHolder {
  readonly pid: number;
  /** {@link processStart} of the pid when the lock was taken. */
  readonly start: string;
  /** What the process is for, such as "daytrade up". */
  readonly purpose: string;
  /** Instant, ISO 8601 in UTC. */
  readonly since: string;
}

/**
 * Takes a lock for this process, unless a living process holds it. A lock of a dead process is replaced.
 *
 * Exactly one of several starters wins. A lock file appears with its whole content (a hard link to a finished file), so
 * nobody reads half of one. And a dead lock is removed only by the holder of a second lock that is named after the dead
 * lock's content, who looks again before removing: a starter that judged the dead lock long ago cannot remove the lock of
 * one that came between.
 *
 * @returns the living holder when there is one, undefined when the lock is taken
 */
export async function takeLock(path: string, own: LockHolder): Promise<LockHolder | undefined> {
  for (;;) {
    if (await createWhole(path, JSON.stringify(own))) return undefined;
    const found = await readText(path);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder !== undefined && processStart(holder.pid) === holder.start) return holder;
    const starter = await removeDeadLock(path, found, own);
    if (starter !== undefined) return starter;
  }
}

/** Gives a lock back, if it still is this process's. */
export async function releaseLock(path: string, own: LockHolder): Promise<void> {
  if ((await readText(path)) === JSON.stringify(own)) await rm(path, { force: true });
}

/** Removes what starters that were killed in the middle of {@link takeLock} left behind. The lock must be held. */
export async function removeLockLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix)) await rm(join(folder, name), { force: true });
  }
}

/** @returns the living starter that is already replacing the dead lock, if any */
async function removeDeadLock(path: string, dead: string, own: LockHolder): Promise<LockHolder | undefined> {
  const guard = `${path}.takeover-${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`;
  const starter = await takeLock(guard, own);
  if (starter !== undefined) return starter;
  try {
    if ((await readText(path)) === dead) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
  return undefined;
}

let filesMade = 0;

/** @returns false when the file exists already, or when a winner swept the unfinished file away */
async function createWhole(path: string, text: string): Promise<boolean> {
  filesMade += 1;
  const unfinished = `${path}.new-${process.pid}-${threadId}-${filesMade}`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(unfinished, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined for anything that no process wrote as a whole: such a lock is dead. */
function parseHolder(text: string): LockHolder | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockHolder> | null;
    if (!Number.isInteger(value?.pid) || typeof value?.start !== 'string') return undefined;
    return { purpose: 'an unknown command', since: 'an unknown time', ...value } as LockHolder;
  } catch {
    return undefined;
  }
}
