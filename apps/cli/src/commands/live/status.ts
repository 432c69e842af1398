import type { CommandDefinition } from '../../define-command.ts';
import { newestSessions } from '../../live/live-folder.ts';
import { liveReport, liveState } from '../../live/live-report.ts';
import { printResult } from '../../output/terminal.ts';

export const liveStatusCommand: CommandDefinition = {
  usage: 'status',
  summary: 'show the newest live session of each account',
  description: `Shows what was sent to the broker in the newest live session of each account, and what came of it, by
the session's log alone: the broker is not asked.`,
  examples: ['daytrade live status', 'daytrade live status --json'],
  run: async (context) => {
    const kept = await newestSessions(context.settings.DAYTRADE_STATE_DIR);
    const sessions = kept.map(liveState);
    printResult(context.terminal, context.json, { sessions }, () =>
      kept.length === 0
        ? 'There was never a live session. Nothing was sent to a broker.'
        : kept.map(liveReport).join('\n\n'),
    );
  },
};
