import { type Job, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { duration, japanClock } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const jobsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show the jobs, when they run and how they last ended',
  description:
    'Shows every job with its schedule in Japan time, its next run, its last run, the jobs that it waits for in the ' +
    'same session, and what is done with due times that nobody served: after the grace time they are left out ' +
    '(skip), run once for all of them (run-once), or run one by one (run-all).',
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
      { title: 'waits for' },
      { title: 'misfire' },
    ],
    jobs.map((job) => [
      job.name,
      `${job.schedule.description}${whyNot(job)}`,
      japanClock(job.nextRunAt),
      japanClock(job.lastRun?.startedAt ?? null),
      job.lastRun?.status ?? '–',
      job.waitsFor.length === 0 ? '–' : job.waitsFor.join(', '),
      job.schedule.type === 'on-demand' ? '–' : `${job.misfirePolicy} after ${duration(job.misfireGraceSeconds)}`,
    ]),
  );
}

/** Why the clock does not start it, where that is so. */
function whyNot({ enabled, paused }: Job): string {
  if (paused !== null) return ` (paused by ${paused.by})`;
  return enabled ? '' : ' (disabled)';
}
