import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { type LockHolder, releaseLock, removeLockLeftovers, takeLock } from './lock-file.ts';
import { processStart } from './process-start.ts';
import { unwritable } from './unwritable.ts';

export interface StateFolderOptions {
  /** Folder to use; made (readable by its owner only) when it does not exist. */
  readonly path: string;
  /** What this process is for, shown to whoever finds the folder locked: "daytrade up". */
  readonly purpose: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/**
 * The folder that holds everything one installation knows, locked for one process by the file `lock` in it.
 *
 * @example
 * const state = await StateFolder.open({ path: '.day-trade', purpose: 'daytrade up', now: Date.now });
 * const bars = await openFolderBars(state.join('bars'));
 * await state.close();
 */
export class StateFolder {
  /** Absolute path. */
  readonly path: string;
  readonly #lock: LockHolder;

  private constructor(path: string, lock: LockHolder) {
    this.path = path;
    this.#lock = lock;
  }

  /**
   * Makes the folder where it is missing and locks it. A lock that a dead process left is taken over.
   *
   * @throws DayTradeError `state.locked` with the pid of the living process that holds it and since when;
   *   `state.unwritable` when the folder cannot be made or written
   */
  static async open(options: StateFolderOptions): Promise<StateFolder> {
    const path = resolve(options.path);
    const own: LockHolder = {
      pid: process.pid,
      start: processStart(process.pid) ?? 'unknown',
      purpose: options.purpose,
      since: new Date(options.now()).toISOString(),
    };
    let holder: LockHolder | undefined;
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      holder = await takeLock(join(path, 'lock'), own);
      if (holder === undefined) await removeLockLeftovers(join(path, 'lock'));
    } catch (error) {
      throw unwritable(`the state folder ${path}`, error);
    }
    if (holder !== undefined) throw locked(path, holder);
    return new StateFolder(path, own);
  }

  /** Absolute path of something in the folder. */
  join(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Gives the lock back. */
  async close(): Promise<void> {
    await releaseLock(this.join('lock'), this.#lock);
  }
}

function locked(path: string, holder: LockHolder): DayTradeError {
  return new DayTradeError(
    'state.locked',
    `the state folder ${path} is in use by process ${holder.pid} (${holder.purpose}) since ${holder.since}`,
    { details: { folder: path, pid: holder.pid, purpose: holder.purpose, since: holder.since } },
  );
}
