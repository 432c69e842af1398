import type { SymbolInfo } from '@daytrade/contracts';
import type { Answer } from '../api/request.ts';
import { quarantine, symbols, symbolsInUse } from '../api/services.ts';
import { codeLabel } from '../i18n/codes.ts';
import { text } from '../i18n/language.ts';
import { sectorLabel } from '../i18n/names.ts';
import { count } from '../model/format.ts';
import { ViewHead } from '../parts/layout.tsx';
import { CommandHint, TwoLines } from '../parts/notes.tsx';
import { type Column, figure, LoadedTable, symbolColumns, words } from '../parts/table.tsx';

/** The reasons of the rows that the quality gate kept out, and the stored bars. */
export function QualityView() {
  return (
    <>
      <ViewHead title={text('view.quality.title')} freshness={symbols} />
      <LoadedTable
        title={text('quality.reasons')}
        from={quarantine}
        lines={5}
        above={() => (
          <p class="quiet">
            {text('quality.note')} <CommandHint commands={['daytrade quarantine list']} />
          </p>
        )}
        columns={reasonColumns}
        rows={(body) => body.counts}
        rowKey={({ reason, severity }) => `${reason} ${severity}`}
        sort={{ column: 'rows', descending: true }}
        empty={['quality.clean']}
      />
      <LoadedTable
        title={text('quality.symbols')}
        from={symbols}
        lines={8}
        columns={storedColumns}
        rows={symbolsInUse}
        rowKey={({ symbol }) => symbol}
        sort={{ column: 'symbol', descending: false }}
        empty={['quality.empty', 'daytrade import FOLDER', 'daytrade fetch']}
      />
    </>
  );
}

type Count = Answer<'quarantine'>['counts'][number];

const reasonColumns: readonly Column<Count>[] = [
  {
    header: 'column.reason',
    sortBy: ({ reason }) => codeLabel(reason),
    cell: ({ reason, severity }) => <TwoLines first={codeLabel(reason)} second={codeLabel(severity)} />,
  },
  figure('column.rows', ({ rows }) => rows, count),
];

const storedColumns: readonly Column<SymbolInfo>[] = [
  ...symbolColumns<SymbolInfo>((row) => row),
  words('column.sector', ({ sector }) => sector && sectorLabel(sector), { priority: 3 }),
  figure('column.bars', ({ bars }) => bars, count),
  words('column.firstDate', ({ firstDate }) => firstDate, { priority: 2 }),
  words('column.lastDate', ({ lastDate }) => lastDate),
  words('column.basis', ({ priceBasis }) => text(`basis.${priceBasis}`), { priority: 2 }),
];
