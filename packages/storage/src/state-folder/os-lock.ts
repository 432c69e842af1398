import { closeSync, lstatSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { notAFile } from './unwritable.ts';

/** Primary result code SQLITE_BUSY, https://www.sqlite.org/rescode.html. */
const busy = 5;

/**
 * A lock that the operating system keeps on a file for this process. It is seen by every process of the machine, also
 * in another container, stays while the process is stopped, and ends with it however it ends.
 *
 * Node.js has no call for such a lock. But the SQLite in it takes one (fcntl, on Windows LockFileEx) when a transaction
 * begins. The file stays empty, and nothing is written beside it.
 */
export class OsLock {
  readonly #connection: DatabaseSync;

  private constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /**
   * @param path the file, made when it does not exist. Nothing else may open it: by POSIX the closing of any descriptor
   * of it would end the lock of this process
   * @returns undefined when it is locked already, by this process or another
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
   * Whether a process holds the lock. It is taken for a moment to see: whoever takes it then may try again.
   *
   * @param path as {@link OsLock.take}; no file is made, and it must not be locked by this process
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

/** SQLite would make it readable by all, follow a link, and wait for the other end of a pipe. */
function makeFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) closeSync(openSync(path, 'ax', 0o600));
  else if (!found.isFile()) throw notAFile(path, found);
}
