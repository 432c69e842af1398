import type { PaperPosition } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { count, signedYen, yen } from '../../model/format.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { symbolColumn } from './symbol-column.tsx';

/** What a book holds, at its newest prices. */
export function PositionPanel({ positions }: { readonly positions: readonly PaperPosition[] }) {
  return (
    <Panel
      title={text('paper.positions')}
      area="positions"
      aside={<span class="quiet">{text('paper.positions.note')}</span>}
    >
      {positions.length === 0 ? (
        <EmptyNote message={text('paper.positions.empty')} />
      ) : (
        <DataTable
          caption={text('paper.positions')}
          columns={columns()}
          rows={positions}
          rowKey={({ symbol }) => symbol}
        />
      )}
    </Panel>
  );
}

function columns(): readonly Column<PaperPosition>[] {
  return [
    symbolColumn<PaperPosition>(),
    {
      key: 'held',
      header: text('paper.held'),
      align: 'right',
      sortBy: ({ shares }) => shares,
      cell: ({ shares }) => sharesLabel(shares),
    },
    {
      key: 'price',
      header: text('paper.price'),
      align: 'right',
      priority: 2,
      sortBy: ({ price }) => price,
      cell: ({ price }) => yen(price),
    },
    {
      key: 'mark',
      header: text('paper.mark'),
      align: 'right',
      sortBy: ({ mark }) => mark,
      cell: ({ mark }) => yen(mark),
    },
    {
      key: 'profit',
      header: text('paper.profit'),
      align: 'right',
      sortBy: ({ profit }) => profit,
      cell: ({ profit }) => signedYen(profit),
    },
  ];
}

/** Shares with a real minus sign where they were sold short. */
function sharesLabel(shares: number): string {
  return shares < 0 ? `−${count(-shares)}` : count(shares);
}
