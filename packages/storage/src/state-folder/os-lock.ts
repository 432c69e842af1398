import { closeSync, lstatSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { notAFile } from './unwritable.ts';

/** Primary result code SQLITE_BUSY, https://www.sqlite.org/rescode.html. */
const busy = 5;

/**
 * A lock of the operating system on a file. All processes of the machine see it, also in other containers; it lasts
 * while the process is stopped and ends with it.
 *
 * Node.js has no call for such a lock, but its SQLite takes one (fcntl, on Windows LockFileEx) at the begin of a
 * transaction. The file stays empty.
 */
export class OsLock {
  readonly #connection: DatabaseSync;

  private constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /**
   * @param path the file, created if missing. Nothing else may open it: in POSIX, closing any descriptor of it releases
   *   the lock
   * @returns undefined if it is locked already, by this process or another
   * @throws DayTradeError `state.damaged` when it is not a file; the system's error when it cannot be made
   */
  static take(path: string): OsLock | undefined {
    makeFile(path);
    const connection = new DatabaseSync(path, { timeout: 0 });
    try {
      connection.exec('pragma journal_mode = memory; begin exclusive');
      return new OsLock(connection);
    } catch (error) {
      connection.close();
      if ((error as { readonly errcode?: number }).errcode === busy) return undefined;
      throw error;
    }
  }

  /**
   * Returns true if a process holds the lock. It takes the lock for a moment, so a concurrent attempt may have to
   * retry.
   *
   * @param path as in {@link OsLock.take}; creates no file; this process must not have it locked
   */
  static isTaken(path: string): boolean {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
    const lock = OsLock.take(path);
    lock?.release();
    return lock === undefined;
  }

  release(): void {
    this.#connection.close();
  }
}

/** Creates the file. SQLite would make it readable by all, follow a link, and wait on a pipe. */
function makeFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) closeSync(openSync(path, 'ax', 0o600));
  else if (!found.isFile()) throw notAFile(path, found);
}
