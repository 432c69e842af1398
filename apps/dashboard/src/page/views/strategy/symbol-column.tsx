import { symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import { hashOf } from '../../shell/route.ts';

/** The names of the symbols that are known, by code. */
export function symbolNames(): ReadonlyMap<string, string> {
  return new Map(symbols.body.value?.symbols.map(({ symbol, name }) => [symbol, name]));
}

/** The columns that say of which symbol a row of a book is: a book knows codes, the list of symbols their names. */
export function symbolColumns<Row extends { readonly symbol: string }>(): readonly Column<Row>[] {
  const names = symbolNames();
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
      priority: 3,
      cell: ({ symbol }) => <span lang="ja">{names.get(symbol)}</span>,
    },
  ];
}
