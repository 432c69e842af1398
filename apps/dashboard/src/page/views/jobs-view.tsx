import type { Job, Run } from '@daytrade/contracts';
import { ask } from '../api/request.ts';
import { jobs, runs } from '../api/services.ts';
import { codeLabel } from '../i18n/codes.ts';
import { durationLabel, jobDescription, jobLabel, scheduleLabel } from '../i18n/jobs.ts';
import { text } from '../i18n/language.ts';
import { missing } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { ActionNotes, action } from '../parts/controls.tsx';
import { ViewHead } from '../parts/layout.tsx';
import { Badge, TwoLines } from '../parts/notes.tsx';
import { type Column, LoadedTable } from '../parts/table.tsx';
import { japanToday } from '../shell/clock.ts';
import { RunProgress, RunStatusBadge } from './runs.tsx';

const starting = action<Job>(
  (job) => ({
    title: text('jobs.run.label', { job: jobLabel(job.name) }),
    explanation: jobDescription(job),
    action: text('jobs.run'),
  }),
  async ({ name }) => {
    const { run } = await ask('runJob', { params: { name } });
    return () => text('jobs.started', { job: jobLabel(run.job) });
  },
  [jobs, runs],
);

/** The jobs with their schedules, and their runs. */
export function JobsView() {
  return (
    <>
      <ViewHead title={text('view.jobs.title')} freshness={runs} />
      <ActionNotes of={starting} />
      <LoadedTable
        title={text('jobs.title')}
        from={jobs}
        lines={6}
        columns={jobColumns}
        rows={(body) => body.jobs}
        rowKey={({ name }) => name}
        empty={['jobs.empty']}
      />
      <LoadedTable
        title={text('jobs.runs')}
        from={runs}
        lines={8}
        columns={runColumns}
        rows={(body) => body.runs}
        rowKey={({ id }) => id}
        empty={['jobs.runs.empty']}
      />
    </>
  );
}

/** Returns an instant, by its hour alone if it is of today. */
function when(instant: string | null): string {
  return japanInstant(instant, japanToday.value);
}

const jobColumns: readonly Column<Job>[] = [
  {
    header: 'column.job',
    cell: (job) => (
      <span class="two-lines">
        <strong>{jobLabel(job.name)}</strong>
        <small class="detail">{jobDescription(job)}</small>
      </span>
    ),
  },
  {
    header: 'column.schedule',
    cell: ({ schedule, enabled, paused, nextRunAt }) => (
      <span class="two-lines">
        <span>
          {scheduleLabel(schedule)} {enabled ? null : <span class="quiet">({text('jobs.disabled')})</span>}
          {paused === null ? null : <Badge tone="warn" label={text('jobs.paused')} />}
        </span>
        {nextRunAt === null ? null : <small class="narrow-only">{text('jobs.next', { when: when(nextRunAt) })}</small>}
      </span>
    ),
  },
  { header: 'column.nextRun', priority: 2, cell: ({ nextRunAt }) => when(nextRunAt) },
  {
    header: 'column.lastRun',
    priority: 2,
    cell: ({ lastRun }) =>
      lastRun === null ? (
        missing
      ) : (
        <TwoLines
          first={<RunStatusBadge status={lastRun.status} />}
          second={when(lastRun.startedAt ?? lastRun.queuedAt)}
        />
      ),
  },
  {
    header: 'column.action',
    align: 'right',
    cell: (job) => (
      <button
        type="button"
        class="button small"
        aria-label={text('jobs.run.label', { job: jobLabel(job.name) })}
        onClick={() => (job.asksFirst ? starting.ask(job) : void starting.carryOut(job))}
      >
        {text('jobs.run')}
      </button>
    ),
  },
];

const runColumns: readonly Column<Run>[] = [
  {
    header: 'column.job',
    cell: ({ job, startedAt, queuedAt }) => (
      <TwoLines first={<strong>{jobLabel(job)}</strong>} second={when(startedAt ?? queuedAt)} />
    ),
  },
  { header: 'column.status', cell: ({ status }) => <RunStatusBadge status={status} /> },
  { header: 'column.progress', cell: (run) => <RunProgress run={run} /> },
  { header: 'column.took', align: 'right', priority: 2, cell: (run) => durationLabel(runSeconds(run)) },
  { header: 'column.trigger', priority: 3, cell: ({ trigger }) => codeLabel(trigger) },
];

function runSeconds({ startedAt, finishedAt }: Run): number | null {
  if (startedAt === null || finishedAt === null) return null;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}
