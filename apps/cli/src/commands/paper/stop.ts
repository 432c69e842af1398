import { routes } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { bookReport } from '../../output/paper-report.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';
import { paperJobs } from './paper-jobs.ts';

export const paperStopCommand: CommandDefinition = {
  usage: 'stop',
  summary: 'end the paper book',
  description: `Ends the running paper book and removes its jobs. What happened to it stays readable. A session that is
not settled yet must be settled first, which its next step does; "daytrade halt" cancels its open orders.`,
  examples: ['daytrade paper stop', 'daytrade paper stop --dry-run'],
  configure: (command) => command.option('--dry-run', 'say what would be stopped, and stop nothing'),
  run: async (context, { options }) => {
    const dryRun = options.dryRun === true;
    const by = whoRuns();
    const { ml, scheduler } = await context.connect();
    const removeJobs = async () => {
      const { jobs } = await scheduler.call(routes.jobFile);
      for (const name of Object.keys(paperJobs).filter((job) => job in jobs)) {
        await scheduler.call(routes.resetJob, { params: { name }, body: { by, reason: 'paper stop', dryRun } });
      }
    };
    const answer = await ml.call(routes.stopPaper, { body: { by, dryRun } }).catch(async (error: unknown) => {
      // A stop that was killed may have left jobs of a book that is over.
      if (isDayTradeError(error) && error.code === 'trading.no-paper') await removeJobs();
      throw error;
    });
    await removeJobs();
    printResult(context.terminal, context.json, answer, () =>
      dryRun ? `Nothing is stopped. It would be:\n${bookReport(answer.book)}` : bookReport(answer.book),
    );
  },
};
