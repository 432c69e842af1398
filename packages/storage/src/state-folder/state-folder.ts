import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DayTradeError } from '@daytrade/errors';
import { assertNotExposed } from './exposure.ts';
import { OsLock } from './os-lock.ts';
import { notAFile, unwritable } from './unwritable.ts';

export interface StateFolderOptions {
  /** The folder; created, readable by its owner only, if missing. */
  readonly path: string;
  /** Purpose of this process, such as "daytrade up", shown to processes that find the folder locked. */
  readonly purpose: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** Time within which a process that has the lock writes its name. */
const introduction = { pauseMilliseconds: 50, tries: 10 };

/**
 * The folder with the state of one installation, used by one process at a time. The system's lock on `in-use` decides;
 * the file `lock` names its holder (docs/decisions/0005).
 *
 * @example
 * const state = await StateFolder.open({ path: '.day-trade', purpose: 'daytrade up', now: Date.now });
 * const bars = await openFolderBars(state.join('bars'));
 * await state.close();
 */
export class StateFolder {
  /** Absolute path. */
  readonly path: string;
  readonly #lock: OsLock;
  /** Text of the file `lock`. */
  readonly #holder: string;

  private constructor(path: string, lock: OsLock, holder: string) {
    this.path = path;
    this.#lock = lock;
    this.#holder = holder;
  }

  /**
   * Creates the folder if it is missing, and locks it.
   *
   * @throws DayTradeError `state.locked` with pid and start of the holder; `state.exposed` when others may write there;
   *   `state.unwritable` when the folder cannot be made or written; `state.damaged` when its lock is not a file
   */
  static async open({ path: given, purpose, now }: StateFolderOptions): Promise<StateFolder> {
    const path = resolve(given);
    try {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      if (made === undefined) assertNotExposed(path, path);
      const lock = OsLock.take(join(path, 'in-use'));
      if (lock === undefined) throw await locked(path);
      try {
        const since = new Date(now()).toISOString();
        return new StateFolder(path, lock, writeHolder(join(path, 'lock'), { purpose, since }));
      } catch (error) {
        lock.release();
        throw error;
      }
    } catch (error) {
      throw unwritable(`the state folder ${path}`, error);
    }
  }

  /** Returns the absolute path of an entry in the folder. */
  join(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Releases the lock. */
  async close(): Promise<void> {
    try {
      removeHolder(this.join('lock'), this.#holder);
    } finally {
      this.#lock.release();
    }
  }
}

async function locked(folder: string): Promise<DayTradeError> {
  let holder = readHolder(join(folder, 'lock'));
  for (let attempt = 1; holder === undefined && attempt < introduction.tries; attempt += 1) {
    await sleep(introduction.pauseMilliseconds);
    holder = readHolder(join(folder, 'lock'));
  }
  const who = holder === undefined ? 'another process, which does not say its pid' : holderInWords(holder);
  return new DayTradeError('state.locked', `the state folder ${folder} is in use by ${who}`, {
    details: { folder, ...holder },
  });
}

/** The process that has the state folder, according to the file `lock`. */
export interface LockHolder {
  readonly pid: number;
  /** Its purpose, such as "daytrade up". */
  readonly purpose: string;
  /** Instant, ISO 8601 in UTC. */
  readonly since: string;
  readonly host: string;
}

/** Replaces the file. Only the holder of the system's lock writes it, so one temporary name is enough. */
function writeHolder(path: string, { purpose, since }: Pick<LockHolder, 'purpose' | 'since'>): string {
  const text = JSON.stringify({ pid: process.pid, purpose, since, host: hostname() } satisfies LockHolder);
  readText(path);
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, path);
  return text;
}

/** Removes the file, if it still has the text that this process wrote. */
function removeHolder(path: string, text: string): void {
  if (readText(path) === text) rmSync(path, { force: true });
}

/**
 * Returns the holder that the file names; undefined where it names none.
 *
 * @throws DayTradeError `state.damaged` when something else stands in its place
 */
function readHolder(path: string): LockHolder | undefined {
  try {
    const value = JSON.parse(readText(path) ?? '') as LockHolder | null;
    return Number.isInteger(value?.pid) ? (value as LockHolder) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** "process 12 (daytrade up) of host a1b2 since 2026-11-24T00:30:00.000Z"; the host only where it is another. */
function holderInWords({ pid, purpose, since, host }: LockHolder): string {
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
