import { routes } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../define-command.ts';
import { textOption } from '../input.ts';
import { haltLive, type LiveHalt } from '../live/halt-live.ts';
import { haltedLines } from '../live/halted-lines.ts';
import { quantity } from '../output/format.ts';
import { bookReport } from '../output/paper-report.ts';
import { printNote, printResult } from '../output/terminal.ts';
import { whoRuns } from '../who-runs.ts';

export const haltCommand: CommandDefinition = {
  usage: 'halt',
  summary: 'stop all orders of the paper book and of live sessions, or let the book trade again',
  description: `Cancels every open order of the paper book at once and sends none any more, until it is released. What
was bought before stays, but for a day-margin account, whose positions its broker closes at the close. A session that
loses more than its limit halts the book by itself. Live sessions are halted first, as "daytrade live halt" does it.

With --release the paper book sends orders again from its next decision on; that needs --yes. A live session is never
released.`,
  examples: ["daytrade halt --reason 'bars look wrong'", 'daytrade halt --release --yes'],
  configure: (command) =>
    command
      .option('--release', 'let a halted book send orders again')
      .option('--yes', 'confirm the release')
      .option('--reason <text>', 'why, kept with it')
      .option('--dry-run', 'say what would be cancelled, and change nothing'),
  run: async (context, { options }) => {
    const dryRun = options.dryRun === true;
    const reason = textOption(options, 'reason');
    const body = { by: whoRuns(), dryRun, ...(reason === undefined ? {} : { reason }) };
    const isRelease = options.release === true;
    if (isRelease && options.yes !== true && !dryRun) {
      throw new DayTradeError('input.invalid', '--release: expected --yes as well, since orders are sent again', {
        details: { field: '--yes' },
      });
    }
    const { live, failure } = isRelease
      ? { live: [], failure: undefined }
      : await haltLiveFirst(context, reason, dryRun);
    const ask = async () => {
      const { ml } = await context.connect();
      if (isRelease) return await ml.call(routes.releasePaper, { body: { ...body, confirm: true } });
      return await ml.call(routes.haltPaper, { body });
    };
    const answer = await ask().catch((error: unknown) => {
      // Without a paper book there is still what was halted; where nobody answers, that is said at least.
      if (live.length > 0 && isDayTradeError(error) && error.code === 'trading.no-paper') return undefined;
      for (const line of haltedLines(live, dryRun)) printNote(context.terminal, line);
      throw error;
    });
    const verb = dryRun ? 'would be cancelled' : 'cancelled';
    printResult(context.terminal, context.json, { ...answer, dryRun, live }, () => {
      const lines = [...haltedLines(live, dryRun)];
      if (answer !== undefined && !isRelease) lines.push(`${quantity(answer.cancelled, 'open order')} ${verb}.`);
      if (answer !== undefined) lines.push(bookReport(answer.book));
      return lines.join('\n');
    });
    // Only now, so that all others are halted.
    if (failure !== undefined) throw failure;
  },
};

/** Before the service is asked, which may not run: real orders do not wait for it. */
function haltLiveFirst({ settings }: CommandContext, reason: string | undefined, dryRun: boolean): Promise<LiveHalt> {
  const author = { by: whoRuns(), at: new Date().toISOString(), dryRun };
  return haltLive(settings.DAYTRADE_STATE_DIR, reason ?? 'halted by hand', author);
}
