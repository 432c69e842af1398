import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HeldLock, type HeldLockOptions } from './held-lock.ts';
import { type LockText, readLock, writeLock } from './lock-file.ts';
import { type LockHolder, parseHolder, sightOf } from './lock-holder.ts';
import { OsLock } from './os-lock.ts';

/** How often another machine's holder is looked at, and after how many looks without a change it counts as gone. */
export interface Looks {
  readonly pauseMilliseconds: number;
  readonly patience: number;
}

export interface TakeLockOptions extends Omit<HeldLockOptions, 'osLock' | 'path' | 'text'> {
  readonly folder: string;
  readonly own: LockHolder;
  readonly looks?: Looks;
}

/** Six times the pause between two touches of a holder. */
const defaultLooks: Looks = { pauseMilliseconds: 1000, patience: 30 };
/** A holder that took the system's lock says who it is at once. */
const introduction = { pauseMilliseconds: 50, tries: 10 };

/** Who has the folder; undefined when it does not say so. */
export interface Refusal {
  readonly holder: LockHolder | undefined;
}

/**
 * Takes the state folder for this process, unless a living process has it (docs/decisions/0019).
 *
 * The system's lock on `in-use` decides between all processes that share this kernel. The file `lock` says who that is,
 * and is how machines see each other whose file system does not bring the lock from one to the other: the holder
 * touches it, and one of another kernel counts as gone only when it stood still for long.
 *
 * @throws DayTradeError `state.damaged` when one of the two is not a file; the system's error when they cannot be
 * written
 */
export async function takeLock(options: TakeLockOptions): Promise<HeldLock | Refusal> {
  const { folder, own } = options;
  const path = join(folder, 'lock');
  for (let attempt = 1; ; attempt += 1) {
    const osLock = OsLock.take(join(folder, 'in-use'));
    if (osLock !== undefined) return await takeFile(osLock, path, options);
    const found = readLock(path);
    const holder = found && parseHolder(found.text, own);
    const introduced = holder !== undefined && sightOf(holder, own) !== 'gone';
    if (introduced || attempt === introduction.tries) return { holder };
    await sleep(introduction.pauseMilliseconds);
  }
}

/** With the system's lock held: the folder is free unless somebody has it who does not see that lock. */
async function takeFile(osLock: OsLock, path: string, options: TakeLockOptions): Promise<HeldLock | Refusal> {
  try {
    const found = readLock(path);
    const holder = found && parseHolder(found.text, options.own);
    if (holder !== undefined && (await livesWithoutLock(holder, path, found, options))) {
      osLock.release();
      return { holder };
    }
    const text = JSON.stringify(options.own);
    writeLock(path, text);
    return new HeldLock({ ...options, osLock, path, text });
  } catch (error) {
    osLock.release();
    throw error;
  }
}

async function livesWithoutLock(
  holder: LockHolder,
  path: string,
  found: LockText | undefined,
  { own, looks = defaultLooks }: TakeLockOptions,
): Promise<boolean> {
  const sight = sightOf(holder, own);
  // An earlier version did not take the system's lock. Without /proc a start is not known, and a pid may be another's.
  if (sight === 'living') return holder.start !== 'unknown' && holder.pid !== own.pid;
  return sight === 'other-kernel' && (await moves(path, found, looks));
}

/** Whether a lock file changes while we look. We count our own looks, since the clocks of two machines differ. */
async function moves(
  path: string,
  first: LockText | undefined,
  { pauseMilliseconds, patience }: Looks,
): Promise<boolean> {
  for (let look = 0; look < patience; look += 1) {
    await sleep(pauseMilliseconds);
    const now = readLock(path);
    if (now === undefined) return false;
    if (now.text !== first?.text || now.touchedAt !== first.touchedAt) return true;
  }
  return false;
}
