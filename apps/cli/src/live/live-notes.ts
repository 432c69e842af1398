import type { CommandContext } from '../command-context.ts';
import { printNote } from '../output/terminal.ts';
import { liveAccounts } from './live-folder.ts';

/**
 * Says beside what is shown of the paper book that real orders are sent as well. A book of paper is all that a service
 * knows of: live sessions are files of this machine.
 *
 * @returns the sessions that are not over; none where their files cannot be read, which is said
 */
export async function noteLiveSessions({ settings, terminal }: CommandContext) {
  try {
    if ((await liveAccounts(settings.DAYTRADE_STATE_DIR)).length === 0) return [];
    // Nobody else waits for what these load.
    const [{ liveState }, { standingSessions }] = await Promise.all([
      import('./live-report.ts'),
      import('./live-standing.ts'),
    ]);
    const sessions = (await standingSessions(settings.DAYTRADE_STATE_DIR)).map(liveState);
    const open = sessions.filter(({ state }) => state !== 'over');
    for (const { account, session, state, isTraded } of open) {
      const how = isTraded ? `is ${state}` : 'was left by its process';
      printNote(
        terminal,
        `REAL ORDERS: live session ${session} of account ${account} ${how}. See daytrade live status`,
      );
    }
    return open.map(({ orders: _orders, ...session }) => session);
  } catch (error) {
    printNote(terminal, `whether real orders are sent is not known: ${(error as Error).message}`);
    return [];
  }
}
