import type { CommandDefinition } from '../../define-command.ts';
import { textOption } from '../../input.ts';
import { haltLive } from '../../live/halt-live.ts';
import { haltedLines } from '../../live/halted-lines.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

export const liveHaltCommand: CommandDefinition = {
  usage: 'halt',
  summary: 'stop live sessions: cancel their orders and close what they hold',
  description: `Halts every live session that is not over. Its process cancels its open orders at once and closes what
it holds at market; nothing that opens a position is sent any more, and it cannot be released: the next session begins
without the halt. It needs no service. Where the process of the session has ended, begin it again with "daytrade live
start", which then cancels and closes; or do it in the broker's own program. "daytrade halt" halts live sessions as well
as the paper book.`,
  examples: ["daytrade live halt --reason 'prices look wrong'", 'daytrade live halt --dry-run'],
  configure: (command) =>
    command
      .option('--reason <text>', 'why, kept with it')
      .option('--dry-run', 'say what would be halted, and change nothing'),
  run: async (context, { options }) => {
    const dryRun = options.dryRun === true;
    const reason = textOption(options, 'reason') ?? 'halted by hand';
    const author = { by: whoRuns(), at: new Date().toISOString(), dryRun };
    const { live, failure } = await haltLive(context.settings.DAYTRADE_STATE_DIR, reason, author);
    printResult(context.terminal, context.json, { dryRun, live }, () =>
      live.length === 0 ? 'No live session is running.' : haltedLines(live, dryRun).join('\n'),
    );
    if (failure !== undefined) throw failure;
  },
};
