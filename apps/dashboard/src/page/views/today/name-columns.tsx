import { text } from '../../i18n/language.ts';
import { companyLabel } from '../../i18n/names.ts';
import { CompanyName } from '../../parts/company-name.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { hashOf } from '../../shell/route.ts';

interface NamedRow {
  readonly prediction: { readonly symbol: string; readonly name: string; readonly synthetic: boolean };
  /** Its rank among the selected symbols; null when it is not selected. */
  readonly rank: number | null;
}

/** The columns that say of which symbol a row is, and whether it was selected. */
export function nameColumns<Row extends NamedRow>(): readonly Column<Row>[] {
  return [
    {
      key: 'rank',
      header: text('column.rank'),
      align: 'center',
      sortBy: ({ rank }) => rank,
      cell: ({ rank }) =>
        rank === null ? null : (
          <span class="rank" title={text('predictions.picked.rank', { rank })}>
            <span class="unseen">{text('predictions.picked.rank', { rank })}</span>
            <span aria-hidden="true">{rank}</span>
          </span>
        ),
    },
    {
      key: 'symbol',
      header: text('column.symbol'),
      sortBy: ({ prediction }) => prediction.symbol,
      cell: ({ prediction }) => <a href={hashOf('symbol', prediction.symbol)}>{prediction.symbol}</a>,
    },
    {
      key: 'name',
      header: text('column.name'),
      sortBy: ({ prediction }) => companyLabel(prediction.name),
      cell: ({ prediction }) => (
        <>
          <CompanyName name={prediction.name} />
          {prediction.synthetic ? <SyntheticMark /> : null}
        </>
      ),
    },
  ];
}
