import type { CommandDefinition } from '../../define-command.ts';
import { liveReport, liveState } from '../../live/live-report.ts';
import { standingSessions } from '../../live/live-standing.ts';
import { printResult } from '../../output/terminal.ts';

export const liveStatusCommand: CommandDefinition = {
  usage: 'status',
  summary: 'show whether real orders are sent, and the newest live session of each account',
  description: `Shows whether automatic trading is switched on here, and of the newest live session of each account
whether a process trades it, its limits, whether it is halted, what was sent to the broker and what came of it. It goes
by the session's own files: the broker is not asked.`,
  examples: ['daytrade live status', 'daytrade live status --json'],
  run: async (context) => {
    const { DAYTRADE_AUTOMATIC_TRADING: automaticTrading, DAYTRADE_STATE_DIR: stateFolder } = context.settings;
    const standing = await standingSessions(stateFolder);
    const sessions = standing.map(liveState);
    const switched = automaticTrading
      ? 'Automatic trading is ON: daytrade live start sends real orders.'
      : 'Automatic trading is off here: daytrade live start sends nothing until DAYTRADE_AUTOMATIC_TRADING is true.';
    printResult(context.terminal, context.json, { automaticTrading, sessions }, () =>
      [
        switched,
        standing.length === 0
          ? 'There was never a live session. Nothing was sent to a broker.'
          : standing.map(liveReport).join('\n\n'),
      ].join('\n'),
    );
  },
};
