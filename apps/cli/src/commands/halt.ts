import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../define-command.ts';
import { textOption } from '../input.ts';
import { quantity } from '../output/format.ts';
import { bookReport } from '../output/paper-report.ts';
import { printResult } from '../output/terminal.ts';
import { whoRuns } from '../who-runs.ts';

export const haltCommand: CommandDefinition = {
  usage: 'halt',
  summary: 'stop all orders of the paper book, or let it trade again',
  description: `Cancels every open order of the paper book at once and sends no more until it is released. Positions
stay, except in a day-margin account, which closes them at the close. A session that loses more than its limit halts the
book by itself.

With --release the book sends orders again from its next decision on; that needs --yes.`,
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
    const { ml } = await context.connect();
    const answer = isRelease
      ? await ml.call(routes.releasePaper, { body: { ...body, confirm: true } })
      : await ml.call(routes.haltPaper, { body });
    const verb = dryRun ? 'would be cancelled' : 'cancelled';
    printResult(context.terminal, context.json, { ...answer, dryRun }, () => {
      const cancelled = isRelease ? [] : [`${quantity(answer.cancelled, 'open order')} ${verb}.`];
      return [...cancelled, bookReport(answer.book)].join('\n');
    });
  },
};
