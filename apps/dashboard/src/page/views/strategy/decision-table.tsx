import type { PaperBookState } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { refusalLabel } from '../../i18n/paper.ts';
import { count, missing } from '../../model/format.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PaperReason } from './paper-reason.tsx';

type Decided = PaperBookState['sessions'][number];

/** What was decided before each open, newest first, and why orders were not sent. */
export function DecisionTable({ sessions }: { readonly sessions: readonly Decided[] }) {
  return (
    <Panel title={text('paper.decisions')} area="decisions">
      {sessions.length === 0 ? (
        <EmptyNote message={text('paper.decisions.empty')} />
      ) : (
        <DataTable
          caption={text('paper.decisions')}
          columns={columns()}
          rows={sessions}
          rowKey={({ session }) => session}
        />
      )}
    </Panel>
  );
}

function columns(): readonly Column<Decided>[] {
  return [
    { key: 'session', header: text('column.session'), cell: ({ session }) => session },
    { key: 'orders', header: text('paper.orders'), align: 'right', cell: ({ orders }) => count(orders) },
    {
      key: 'notSent',
      header: text('paper.notSent'),
      cell: ({ why, refused }) => {
        const kept = Object.entries(refused).map(([name, orders]) => `${refusalLabel(name)} ${count(orders)}`);
        if (why === null && kept.length === 0) return missing;
        return (
          <>
            {why === null ? null : <PaperReason reason={why} />} {kept.join(', ')}
          </>
        );
      },
    },
  ];
}
