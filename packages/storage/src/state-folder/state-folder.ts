import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { assertNotExposed } from './exposure.ts';
import { HeldLock } from './held-lock.ts';
import { holderInWords, type LockHolder, parseHolder, thisProcess } from './lock-holder.ts';
import { type Looks, takeLock } from './take-lock.ts';
import { unwritable } from './unwritable.ts';

export interface StateFolderOptions {
  /** Folder to use; made (readable by its owner only) when it does not exist. */
  readonly path: string;
  /** What this process is for, shown to whoever finds the folder locked: "daytrade up". */
  readonly purpose: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
  /**
   * Called with a `state.locked` when the folder turns out to be another's by now: this process must write nothing
   * more, and end. Without it the error is thrown where nothing catches it.
   */
  readonly onLost?: (error: DayTradeError) => void;
  /** How long another machine's holder must stand still to count as gone, and how often this one moves. */
  readonly looks?: Looks;
  readonly touchMilliseconds?: number;
}

/**
 * The folder that holds everything one installation knows, for one process at a time.
 *
 * @example
 * const state = await StateFolder.open({ path: '.day-trade', purpose: 'daytrade up', now: Date.now });
 * const bars = await openFolderBars(state.join('bars'));
 * await state.close();
 */
export class StateFolder {
  /** Absolute path. */
  readonly path: string;
  readonly #lock: HeldLock;

  private constructor(path: string, lock: HeldLock) {
    this.path = path;
    this.#lock = lock;
  }

  /**
   * Makes the folder where it is missing and locks it. A lock that a dead process left is taken over.
   *
   * @throws DayTradeError `state.locked` with the pid of the living process that holds it and since when;
   * `state.exposed` when others may write there; `state.unwritable` when the folder cannot be made or written;
   * `state.damaged` when its lock is not a file
   */
  static async open({ path: given, purpose, onLost = fail, ...options }: StateFolderOptions): Promise<StateFolder> {
    const path = resolve(given);
    const own = thisProcess(purpose, new Date(options.now()).toISOString());
    const lost = (found: string | undefined) => onLost(lostTo(path, found, own));
    try {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      if (made === undefined) assertNotExposed(path, path);
      const lock = await takeLock({ ...options, folder: path, own, onLost: lost });
      if (lock instanceof HeldLock) return new StateFolder(path, lock);
      throw locked(path, lock.holder, own);
    } catch (error) {
      throw unwritable(`the state folder ${path}`, error);
    }
  }

  /** Absolute path of something in the folder. */
  join(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Gives the lock back. */
  async close(): Promise<void> {
    this.#lock.release();
  }
}

function locked(folder: string, holder: LockHolder | undefined, own: LockHolder): DayTradeError {
  const who = holder === undefined ? 'another process, which does not say its pid' : holderInWords(holder, own);
  return new DayTradeError('state.locked', `the state folder ${folder} is in use by ${who}`, {
    details: {
      folder,
      ...(holder && { pid: holder.pid, host: holder.host, purpose: holder.purpose, since: holder.since }),
    },
  });
}

function lostTo(folder: string, found: string | undefined, own: LockHolder): DayTradeError {
  const holder = found === undefined ? undefined : parseHolder(found, own);
  const who = holder === undefined ? 'its lock was removed' : `${holderInWords(holder, own)} took it`;
  const message = `the state folder ${folder} is no longer this process's: ${who}; it stops and writes nothing more`;
  return new DayTradeError('state.locked', message, { details: { folder } });
}

function fail(error: DayTradeError): never {
  throw error;
}
