import { phrase, text } from '../../i18n/language.ts';
import { type PriceDecimals, percent, priceDecimals, yen } from '../../model/format.ts';
import { axisExtent, type PredictionRow, pricesOf } from '../../model/prediction-rows.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { IntervalBar, IntervalScale } from '../../parts/interval-bar.tsx';
import { ProbabilityBar } from '../../parts/probability-bar.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { hashOf } from '../../shell/route.ts';

interface PredictionTableProps {
  readonly rows: readonly PredictionRow[];
  /** The rows that set the axis of the bars and the decimals of prices: all, so that a filter changes neither. */
  readonly axisRows: readonly PredictionRow[];
}

/** One row per symbol: where its next close is expected, and how surely; those that were selected come first. */
export function PredictionTable({ rows, axisRows }: PredictionTableProps) {
  return (
    <DataTable
      caption={text('predictions.caption')}
      columns={[...nameColumns(), ...priceColumns(axisRows)]}
      rows={rows}
      rowKey={({ prediction }) => prediction.symbol}
      rowClass={({ rank }) => (rank === null ? '' : 'selected')}
      sort={{ column: 'rank', descending: false }}
      cards
    />
  );
}

function nameColumns(): readonly Column<PredictionRow>[] {
  return [
    {
      key: 'rank',
      header: text('column.rank'),
      align: 'center',
      sortBy: ({ rank }) => rank,
      cell: ({ rank }) =>
        rank === null ? null : (
          <span class="rank" title={phrase('predictions.picked.rank', rank)}>
            <span class="unseen">{phrase('predictions.picked.rank', rank)}</span>
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
      sortBy: ({ prediction }) => prediction.name,
      cell: ({ prediction }) => (
        <>
          <span lang="ja">{prediction.name}</span>
          {prediction.synthetic ? <SyntheticMark /> : null}
        </>
      ),
    },
  ];
}

function priceColumns(axisRows: readonly PredictionRow[]): readonly Column<PredictionRow>[] {
  const extent = axisExtent(axisRows);
  const decimals = priceDecimals(axisRows.flatMap(({ prediction }) => pricesOf(prediction)));
  return [
    price('lastClose', decimals, ({ prediction }) => prediction.lastClose),
    price('lower', decimals, ({ prediction }) => prediction.lower),
    {
      key: 'interval',
      header: text('column.interval'),
      scale: <IntervalScale extent={extent} />,
      align: 'center',
      cell: (row) => <IntervalBar row={row} extent={extent} />,
    },
    price('upper', decimals, ({ prediction }) => prediction.upper),
    price('centre', decimals, ({ prediction }) => prediction.centre),
    {
      key: 'width',
      header: text('column.width'),
      align: 'right',
      sortBy: ({ width }) => width,
      cell: ({ width }) => percent(width),
    },
    {
      key: 'probabilityUp',
      header: text('column.probabilityUp'),
      align: 'right',
      sortBy: ({ prediction }) => prediction.probabilityUp,
      cell: ({ prediction }) => <ProbabilityBar value={prediction.probabilityUp} />,
    },
  ];
}

function price(
  key: 'lastClose' | 'lower' | 'upper' | 'centre',
  decimals: PriceDecimals,
  amount: (row: PredictionRow) => number,
): Column<PredictionRow> {
  const header = text(`column.${key}`);
  return { key, header, align: 'right', sortBy: amount, cell: (row) => yen(amount(row), decimals) };
}
