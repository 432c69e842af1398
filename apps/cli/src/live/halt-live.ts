import { haltSession } from '@daytrade/kabu-station';
import { changeBook } from '@daytrade/paper';
import { liveAccounts, newestSession } from './live-folder.ts';

/** A live session that was halted. */
export interface HaltedLive {
  readonly account: string;
  readonly session: string;
  /** Orders that may still trade: the process of the session cancels them, and closes what is held. */
  readonly openOrders: number;
}

/** What came of halting all. */
export interface LiveHalt {
  /** Those that were halted already are not among them. */
  readonly live: readonly HaltedLive[];
  /** Why one of them could not be halted; the others are all the same. */
  readonly failure: unknown;
}

/** Halts every live session that is not over. */
export async function haltLive(
  stateFolder: string,
  reason: string,
  { by, at, dryRun }: { readonly by: string; readonly at: string; readonly dryRun: boolean },
): Promise<LiveHalt> {
  const live: HaltedLive[] = [];
  let failure: unknown;
  for (const account of await liveAccounts(stateFolder)) {
    try {
      const newest = await newestSession(stateFolder, account);
      if (newest === undefined || haltSession(newest.book, reason, { by, at }).length === 0) continue;
      const { session, log, book } = newest;
      if (!dryRun) await changeBook(log, (current) => haltSession(current, reason, { by, at }));
      live.push({ account, session, openOrders: book.openOrders.length });
    } catch (error) {
      // A folder that cannot be read must not keep the orders of other accounts open.
      failure ??= error;
    }
  }
  return { live, failure };
}
