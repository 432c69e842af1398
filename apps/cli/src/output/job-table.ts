import type { Job } from '@daytrade/contracts';
import { duration, japanClock } from './format.ts';
import { renderTable } from './table.ts';

/** The jobs with their schedules, what they wait for, and what becomes of due times that nobody served. */
export function jobTable(jobs: readonly Job[]): string {
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
  if (paused !== null) return ' (paused)';
  return enabled ? '' : ' (disabled)';
}

/** One line for each pause: since when, by whom, why. */
export function pauseLines(jobs: readonly Job[]): string[] {
  const lines = jobs.flatMap(({ name, paused }) => {
    if (paused === null) return [];
    const why = paused.reason === null ? '' : `: ${paused.reason}`;
    return [
      `${paused.all ? 'All jobs are' : `${name} is`} paused since ${japanClock(paused.at)} by ${paused.by}${why}.`,
    ];
  });
  return [...new Set(lines)];
}
