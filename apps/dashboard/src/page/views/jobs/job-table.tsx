import type { Job } from '@daytrade/contracts';
import { jobDescription, jobLabel, scheduleLabel } from '../../i18n/jobs.ts';
import { text } from '../../i18n/language.ts';
import { missing } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { japanToday } from '../../shell/clock.ts';
import { RunStatusBadge } from './run-status-badge.tsx';

interface JobTableProps {
  readonly jobs: readonly Job[];
  readonly onRun: (job: Job) => void;
}

/** The jobs with their schedules in words. */
export function JobTable({ jobs, onRun }: JobTableProps) {
  return <DataTable caption={text('jobs.title')} columns={columns(onRun)} rows={jobs} rowKey={({ name }) => name} />;
}

function columns(onRun: JobTableProps['onRun']): readonly Column<Job>[] {
  return [
    {
      key: 'job',
      header: text('column.job'),
      cell: ({ name, description }) => (
        <span class="two-lines">
          <strong>{jobLabel(name)}</strong>
          <small class="detail">{jobDescription({ name, description })}</small>
        </span>
      ),
    },
    {
      key: 'schedule',
      header: text('column.schedule'),
      cell: ({ schedule, enabled, paused, nextRunAt }) => (
        <span class="two-lines">
          <span>
            {scheduleLabel(schedule)} {enabled ? null : <span class="quiet">({text('jobs.disabled')})</span>}
            {paused === null ? null : <Badge tone="warn" label={text('jobs.paused')} />}
          </span>
          {nextRunAt === null ? null : (
            <small class="narrow-only">{text('jobs.next', { when: japanInstant(nextRunAt, japanToday.value) })}</small>
          )}
        </span>
      ),
    },
    {
      key: 'nextRun',
      header: text('column.nextRun'),
      priority: 2,
      cell: ({ nextRunAt }) => japanInstant(nextRunAt, japanToday.value),
    },
    {
      key: 'lastRun',
      header: text('column.lastRun'),
      priority: 2,
      cell: ({ lastRun }) =>
        lastRun === null ? (
          missing
        ) : (
          <span class="two-lines">
            <RunStatusBadge status={lastRun.status} />
            <small>{japanInstant(lastRun.startedAt ?? lastRun.queuedAt, japanToday.value)}</small>
          </span>
        ),
    },
    {
      key: 'action',
      header: text('column.action'),
      align: 'right',
      cell: (job) => (
        <button
          type="button"
          class="button small"
          aria-label={text('jobs.run.label', { job: jobLabel(job.name) })}
          onClick={() => onRun(job)}
        >
          {text('jobs.run')}
        </button>
      ),
    },
  ];
}
