import { type Job, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { japanClock } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const jobsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show the jobs, when they run and how they last ended',
  description: 'Shows every job with its schedule in Japan time, its next run, its last run and its misfire policy.',
  examples: ['daytrade jobs list'],
  run: async (context) => {
    const connection = await context.connect();
    const list = await connection.scheduler.call(routes.jobs);
    const byClock = list.jobs.some((job) => job.nextRunAt !== null)
      ? ''
      : 'Jobs start by the clock only while `daytrade up` runs. ';
    printResult(
      context.terminal,
      context.json,
      list,
      () => `${jobTable(list.jobs)}\n\n${byClock}Automatic trading is ${list.automaticTrading ? 'ON' : 'off'}.`,
    );
  },
};

function jobTable(jobs: readonly Job[]): string {
  return renderTable(
    [
      { title: 'job' },
      { title: 'schedule (JST)' },
      { title: 'next run' },
      { title: 'last run' },
      { title: 'ended' },
      { title: 'misfire' },
    ],
    jobs.map((job) => [
      job.name,
      job.enabled ? job.schedule.description : `${job.schedule.description} (disabled)`,
      japanClock(job.nextRunAt),
      japanClock(job.lastRun?.startedAt ?? null),
      job.lastRun?.status ?? '–',
      job.misfirePolicy,
    ]),
  );
}
