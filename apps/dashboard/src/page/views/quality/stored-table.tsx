import type { SymbolInfo } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { companyLabel, sectorLabel } from '../../i18n/names.ts';
import { count, missing } from '../../model/format.ts';
import { CompanyName } from '../../parts/company-name.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { hashOf } from '../../shell/route.ts';

/** The symbols with bars. */
export function StoredTable({ symbols }: { readonly symbols: readonly SymbolInfo[] }) {
  return (
    <DataTable
      caption={text('quality.symbols')}
      columns={columns()}
      rows={symbols}
      rowKey={({ symbol }) => symbol}
      sort={{ column: 'symbol', descending: false }}
    />
  );
}

function columns(): readonly Column<SymbolInfo>[] {
  return [
    {
      key: 'symbol',
      header: text('column.symbol'),
      sortBy: ({ symbol }) => symbol,
      cell: ({ symbol }) => <a href={hashOf('symbol', symbol)}>{symbol}</a>,
    },
    {
      key: 'name',
      header: text('column.name'),
      sortBy: ({ name }) => companyLabel(name),
      cell: ({ name, synthetic }) => (
        <>
          <CompanyName name={name} />
          {synthetic ? <SyntheticMark /> : null}
        </>
      ),
    },
    {
      key: 'sector',
      header: text('column.sector'),
      priority: 3,
      sortBy: ({ sector }) => sector && sectorLabel(sector),
      cell: ({ sector }) => (sector === null ? missing : sectorLabel(sector)),
    },
    {
      key: 'bars',
      header: text('column.bars'),
      align: 'right',
      sortBy: ({ bars }) => bars,
      cell: ({ bars }) => count(bars),
    },
    {
      key: 'firstDate',
      header: text('column.firstDate'),
      priority: 2,
      sortBy: ({ firstDate }) => firstDate,
      cell: ({ firstDate }) => firstDate,
    },
    {
      key: 'lastDate',
      header: text('column.lastDate'),
      sortBy: ({ lastDate }) => lastDate,
      cell: ({ lastDate }) => lastDate,
    },
    {
      key: 'basis',
      header: text('column.basis'),
      priority: 2,
      sortBy: ({ priceBasis }) => priceBasis,
      cell: ({ priceBasis }) => text(`basis.${priceBasis}`),
    },
  ];
}
