import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { textOption } from '../../input.ts';
import { changeReport } from '../../jobs/change-report.ts';
import { addJobOptions, jobSettingsOf } from '../../jobs/job-options.ts';
import { printResult } from '../../output/terminal.ts';
import { whoRuns } from '../../who-runs.ts';

export const jobsAddCommand: CommandDefinition = {
  usage: 'add <name>',
  summary: 'add a job that the clock starts',
  description: `Adds a job under a new name: it starts one of the platform's jobs (--starts) by a schedule of its own,
in Japan time. It is kept with who, when and why, and stays after a restart. Its due times begin now; every
scheduler follows it within half a minute.

What it starts has to be a job of "daytrade jobs list" that the clock may start, and takes the payload.`,
  examples: [
    'daytrade jobs add noon-update --starts data-update --daily 12:00',
    "daytrade jobs add hourly-check --starts audit --hourly 15 --misfire skip --reason 'a watch on leaks'",
    'daytrade jobs add steady-update --starts data-update --continuous 600 --dry-run',
  ],
  configure: (command) => {
    addJobOptions(command.requiredOption('--starts <job>', 'the job that it starts, as data-update'));
  },
  run: async (context, { args, options }) => {
    const { schedule, queueJob: _, ...settings } = jobSettingsOf(options);
    const { scheduler } = await context.connect();
    const answer = await scheduler.call(routes.addJob, {
      body: {
        name: String(args[0]),
        queueJob: String(options.starts),
        schedule: schedule ?? missingSchedule(),
        ...settings,
        by: whoRuns(),
        reason: textOption(options, 'reason') ?? null,
        dryRun: options.dryRun === true,
      },
    });
    printResult(context.terminal, context.json, answer, () => changeReport(answer));
  },
};

function missingSchedule(): never {
  const expected = 'expected when it runs: --daily, --hourly, --weekly, --market-hours or --continuous';
  throw new DayTradeError('input.invalid', `schedule: ${expected}`, { details: { field: 'schedule' } });
}
