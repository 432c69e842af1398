import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DayTradeError } from '@daytrade/errors';
import { assertNotExposed } from './exposure.ts';
import { unwritable } from './unwritable.ts';

export interface StateFolderOptions {
  readonly path: string;
  /** Purpose of this process, such as "daytrade up", shown to processes that find the folder locked. */
  readonly purpose: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/**
 * The folder with the state of one installation, used by one process at a time. The system's lock on `in-use` decides;
 * the file `lock` names its holder (docs/decisions/0005).
 */
export class StateFolder {
  readonly path: string;
  readonly #lock: DatabaseSync;

  private constructor(path: string, lock: DatabaseSync) {
    this.path = path;
    this.#lock = lock;
  }

  /**
   * Creates the folder if it is missing, and locks it.
   *
   * @throws DayTradeError `state.locked` with pid and start of the holder; `state.exposed` when others may write there;
   *   `state.unwritable` when the folder cannot be made or written
   */
  static async open({ path: given, purpose, now }: StateFolderOptions): Promise<StateFolder> {
    const path = resolve(given);
    try {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      if (made === undefined) assertNotExposed(path, path);
      const lock = takeLock(join(path, 'in-use'));
      if (lock === undefined) throw locked(path);
      try {
        const since = new Date(now()).toISOString();
        const holder = { pid: process.pid, purpose, since, host: hostname() } satisfies LockHolder;
        writeFileSync(join(path, 'lock'), JSON.stringify(holder), { mode: 0o600 });
        return new StateFolder(path, lock);
      } catch (error) {
        lock.close();
        throw error;
      }
    } catch (error) {
      throw unwritable(`the state folder ${path}`, error);
    }
  }

  join(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  async close(): Promise<void> {
    try {
      rmSync(this.join('lock'), { force: true });
    } finally {
      this.#lock.close();
    }
  }
}

/** Primary result code SQLITE_BUSY, https://www.sqlite.org/rescode.html. */
const busy = 5;

/**
 * Takes a lock of the operating system on a file, which its connection holds. All processes of the machine see it, also
 * in other containers; it lasts while the process is stopped and ends with it.
 *
 * Node.js has no call for such a lock, but its SQLite takes one (fcntl, on Windows LockFileEx) at the begin of a
 * transaction. The file stays empty.
 *
 * @param path the file, created if missing. Nothing else may open it: in POSIX, closing any descriptor of it releases
 *   the lock
 * @returns undefined if it is locked already, by this process or another
 */
function takeLock(path: string): DatabaseSync | undefined {
  // SQLite would make it readable by all.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const connection = new DatabaseSync(path, { timeout: 0 });
  try {
    connection.exec('pragma journal_mode = memory; begin exclusive');
    return connection;
  } catch (error) {
    connection.close();
    if ((error as { readonly errcode?: number }).errcode === busy) return undefined;
    throw error;
  }
}

function locked(folder: string): DayTradeError {
  const holder = readHolder(join(folder, 'lock'));
  const who = holder === undefined ? 'another process, which does not say its pid' : holderInWords(holder);
  return new DayTradeError('state.locked', `the state folder ${folder} is in use by ${who}`, {
    details: { folder, ...holder },
  });
}

interface LockHolder {
  readonly pid: number;
  readonly purpose: string;
  /** Instant, ISO 8601 in UTC. */
  readonly since: string;
  readonly host: string;
}

/** Returns the holder that the file names; undefined where it names none yet. */
function readHolder(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch {
    return undefined;
  }
}

/** "process 12 (daytrade up) of host a1b2 since 2026-11-24T00:30:00.000Z"; the host only where it is another. */
function holderInWords({ pid, purpose, since, host }: LockHolder): string {
  return `process ${pid} (${purpose})${host === hostname() ? '' : ` of host ${host}`} since ${since}`;
}
