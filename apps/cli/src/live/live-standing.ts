import { join } from 'node:path';
import { OsLock } from '@daytrade/storage/os-lock';
import { keptLimits, type LiveLimits } from './kept-limits.ts';
import { accountFolder, type KeptSession, newestSessions } from './live-folder.ts';

/** A session with what its log does not say. */
export interface StandingSession extends KeptSession {
  /** Those of its confirmation; undefined where none are known. */
  readonly limits: LiveLimits | undefined;
  /** Whether a process trades its account now. */
  readonly isTraded: boolean;
}

/** The lock that a process holds while it trades an account, whose folder this is. */
export function accountLock(folder: string): string {
  return join(folder, 'in-use');
}

/** The newest session of each account that ever had one, as it stands. */
export async function standingSessions(stateFolder: string): Promise<readonly StandingSession[]> {
  const kept = await newestSessions(stateFolder);
  return await Promise.all(
    kept.map(async (one) => {
      const folder = accountFolder(stateFolder, one.account);
      const limits = await keptLimits(folder, one.session);
      return { ...one, limits, isTraded: OsLock.isTaken(accountLock(folder)) };
    }),
  );
}
