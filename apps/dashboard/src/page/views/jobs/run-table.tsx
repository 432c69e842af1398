import type { Run } from '@daytrade/contracts';
import { jobLabel } from '../../i18n/job-texts.ts';
import { phrase, text } from '../../i18n/language.ts';
import { remedyLabel } from '../../i18n/problem-texts.ts';
import { duration } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { runSeconds } from '../../model/run-figures.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { japanToday } from '../../shell/clock.ts';
import { RunStatusBadge } from './run-status-badge.tsx';

/** The newest runs: how they stand, how far they are, why they failed and what to do. */
export function RunTable({ runs }: { readonly runs: readonly Run[] }) {
  return <DataTable caption={text('jobs.runs')} columns={columns()} rows={runs} rowKey={({ id }) => id} />;
}

function columns(): readonly Column<Run>[] {
  return [
    {
      key: 'job',
      header: text('column.job'),
      cell: ({ job, startedAt, queuedAt }) => (
        <span class="two-lines">
          <strong>{jobLabel(job)}</strong>
          <small>{japanInstant(startedAt ?? queuedAt, japanToday.value)}</small>
        </span>
      ),
    },
    { key: 'status', header: text('column.status'), cell: ({ status }) => <RunStatusBadge status={status} /> },
    { key: 'progress', header: text('column.progress'), cell: (run) => <RunProgress run={run} /> },
    {
      key: 'took',
      header: text('column.took'),
      align: 'right',
      priority: 2,
      cell: (run) => duration(runSeconds(run)),
    },
    {
      key: 'trigger',
      header: text('column.trigger'),
      priority: 3,
      cell: ({ trigger }) => text(`trigger.${trigger}`),
    },
  ];
}

/** Where a run is, or what went wrong with it. */
function RunProgress({ run }: { readonly run: Run }) {
  const { status, progress, error, attempt, maxAttempts } = run;
  if (error !== null && status !== 'succeeded') {
    return (
      <span class="two-lines run-error">
        {error.message}
        <small>
          {remedyLabel(error.code)} {attempt > 1 ? phrase('jobs.attempt', attempt, maxAttempts) : null}
        </small>
      </span>
    );
  }
  if (status !== 'running' || progress === null) return null;
  return (
    <span class="run-progress">
      <ProgressBar label={jobLabel(run.job)} fraction={progress.fraction} />
      <span>
        {Math.round(progress.fraction * 100)} % · {progress.message ?? progress.stage}
        {progress.remainingSeconds === null ? null : (
          <span class="quiet"> · {phrase('jobs.remaining', duration(progress.remainingSeconds))}</span>
        )}
      </span>
    </span>
  );
}
