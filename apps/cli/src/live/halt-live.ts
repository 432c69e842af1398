import { haltSession } from '@daytrade/kabu-station';
import { changeBook } from '@daytrade/paper';
import { newestSessions } from './live-folder.ts';

/** A live session that was halted. */
export interface HaltedLive {
  readonly account: string;
  readonly session: string;
  /** Orders that may still trade: the process of the session cancels them, and closes what is held. */
  readonly openOrders: number;
}

/** Halts every live session that is not over; those that are halted already are not among what it returns. */
export async function haltLive(
  stateFolder: string,
  reason: string,
  { by, at, dryRun }: { readonly by: string; readonly at: string; readonly dryRun: boolean },
): Promise<readonly HaltedLive[]> {
  const halted: HaltedLive[] = [];
  for (const { account, session, log, book } of await newestSessions(stateFolder)) {
    if (haltSession(book, reason, { by, at }).length === 0) continue;
    if (!dryRun) await changeBook(log, (current) => haltSession(current, reason, { by, at }));
    halted.push({ account, session, openOrders: book.openOrders.length });
  }
  return halted;
}
