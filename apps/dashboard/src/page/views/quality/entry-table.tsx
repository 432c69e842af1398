import type { QuarantineEntry } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { qualityMessageLabel, qualityReasonLabel } from '../../i18n/quality.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { symbolColumn } from '../strategy/symbol-column.tsx';

/** Rows that were kept out or warned about, with file and line. */
export function EntryTable({ entries }: { readonly entries: readonly QuarantineEntry[] }) {
  return (
    <DataTable
      caption={text('quality.entries')}
      columns={columns()}
      rows={entries}
      scrolls
      rowKey={({ file, line, reason }) => `${file}:${line} ${reason}`}
    />
  );
}

function columns(): readonly Column<QuarantineEntry>[] {
  return [
    symbolColumn<QuarantineEntry>(),
    { key: 'date', header: text('column.date'), sortBy: ({ date }) => date, cell: ({ date }) => date },
    {
      key: 'reason',
      header: text('column.reason'),
      sortBy: ({ reason }) => reason,
      cell: ({ reason, severity, message }) => (
        <span class="two-lines">
          <span>
            <Badge tone={severity === 'warning' ? 'warn' : 'bad'} label={qualityReasonLabel(reason)} />
          </span>
          <small>{qualityMessageLabel(message)}</small>
        </span>
      ),
    },
    {
      key: 'source',
      header: text('column.source'),
      priority: 2,
      sortBy: ({ file }) => file,
      cell: ({ file, line, row }) => (
        <span class="two-lines">
          <span title={file}>
            {file.split('/').at(-1)}:{line}
          </span>
          <code title={text('quality.row')}>{row}</code>
        </span>
      ),
    },
  ];
}
