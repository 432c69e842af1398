import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { bookReport } from '../../output/paper-report.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

export const paperStopCommand: CommandDefinition = {
  usage: 'stop',
  summary: 'end the paper book',
  description: `Ends the running paper book. What happened to it stays readable. A session that is
not settled yet must be settled first, which its next step does; "daytrade halt" cancels its open orders.`,
  examples: ['daytrade paper stop', 'daytrade paper stop --dry-run'],
  configure: (command) => command.option('--dry-run', 'say what would be stopped, and stop nothing'),
  run: async (context, { options }) => {
    const dryRun = options.dryRun === true;
    const by = whoRuns();
    const { ml } = await context.connect();
    const answer = await ml.call(routes.stopPaper, { body: { by, dryRun } });
    printResult(context.terminal, context.json, answer, () =>
      dryRun ? `Nothing is stopped. It would be:\n${bookReport(answer.book)}` : bookReport(answer.book),
    );
  },
};
