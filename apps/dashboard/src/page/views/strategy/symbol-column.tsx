import { symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { CompanyName } from '../../parts/company-name.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { hashOf } from '../../shell/route.ts';

/** The names of the symbols that are known, by code. */
export function symbolNames(): ReadonlyMap<string, string> {
  return new Map(symbols.body.value?.symbols.map(({ symbol, name }) => [symbol, name]));
}

/** The column of a row's symbol: its code over its name, which the list of symbols has. */
export function symbolColumn<Row extends { readonly symbol: string }>(): Column<Row> {
  const names = symbolNames();
  return {
    key: 'symbol',
    header: text('column.symbol'),
    sortBy: ({ symbol }) => symbol,
    cell: ({ symbol }) => (
      <span class="two-lines">
        <a href={hashOf('symbol', symbol)}>{symbol}</a>
        <small>
          <CompanyName name={names.get(symbol) ?? ''} />
        </small>
      </span>
    ),
  };
}
