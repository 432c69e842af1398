import type { Run } from '@daytrade/contracts';
import { durationLabel, jobLabel } from '../../i18n/jobs.ts';
import { text } from '../../i18n/language.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { runSeconds } from '../../model/run-figures.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { japanToday } from '../../shell/clock.ts';
import { RunProgress } from './run-progress.tsx';
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
      cell: (run) => durationLabel(runSeconds(run)),
    },
    {
      key: 'trigger',
      header: text('column.trigger'),
      priority: 3,
      cell: ({ trigger }) => text(`trigger.${trigger}`),
    },
  ];
}
