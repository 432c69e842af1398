import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { jobTable, pauseLines } from '../../output/job-table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const jobsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show the jobs, when they run and how they last ended',
  description: `Shows every job with its schedule in Japan time, its next run, its last run, and the jobs whose run
of the same session it waits for.

The last column is the misfire policy, for due times that nobody served: after the grace time they are left out (skip),
run once for all of them (run-once), or run one by one (run-all).`,
  examples: ['daytrade jobs list'],
  run: async (context) => {
    const connection = await context.connect();
    const list = await connection.scheduler.call(routes.jobs);
    const byClock = list.jobs.some((job) => job.nextRunAt !== null)
      ? []
      : [`Jobs start by the clock only while \`${programName} up\` runs.`];
    printResult(context.terminal, context.json, list, () =>
      [`${jobTable(list.jobs)}\n`, ...pauseLines(list.jobs), ...byClock].join('\n'),
    );
  },
};
