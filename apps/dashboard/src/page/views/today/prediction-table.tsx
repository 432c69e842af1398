import { text } from '../../i18n/language.ts';
import { missing, type PriceDecimals, percent, priceDecimals, yen } from '../../model/format.ts';
import { axisExtent, type PredictionRow, pricesOf } from '../../model/prediction-rows.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { IntervalBar, IntervalScale } from '../../parts/interval-bar.tsx';
import { ProbabilityBar } from '../../parts/probability-bar.tsx';
import { nameColumns } from './name-columns.tsx';

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
      columns={[...nameColumns<PredictionRow>(), ...priceColumns(axisRows)]}
      rows={rows}
      rowKey={({ prediction }) => prediction.symbol}
      rowClass={({ rank }) => (rank === null ? '' : 'selected')}
      sort={{ column: 'rank', descending: false }}
      cards
    />
  );
}

function priceColumns(axisRows: readonly PredictionRow[]): readonly Column<PredictionRow>[] {
  const extent = axisExtent(axisRows);
  const decimals = priceDecimals(axisRows.flatMap(({ prediction }) => pricesOf(prediction)));
  const skilled = axisRows.some(({ prediction }) => prediction.directionSkilled);
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
    ...(skilled ? [price('centre', decimals, ({ prediction }) => prediction.centre)] : []),
    {
      key: 'width',
      header: text('column.width'),
      align: 'right',
      sortBy: ({ width }) => width,
      cell: ({ width }) => percent(width),
    },
    ...(skilled ? [probabilityColumn()] : []),
  ];
}

function probabilityColumn(): Column<PredictionRow> {
  return {
    key: 'probabilityUp',
    header: text('column.probabilityUp'),
    align: 'right',
    sortBy: ({ prediction }) => prediction.probabilityUp,
    cell: ({ prediction: { probabilityUp } }) =>
      probabilityUp === null ? missing : <ProbabilityBar value={probabilityUp} />,
  };
}

function price(
  key: 'lastClose' | 'lower' | 'upper' | 'centre',
  decimals: PriceDecimals,
  amount: (row: PredictionRow) => number | null,
): Column<PredictionRow> {
  const header = text(`column.${key}`);
  return { key, header, align: 'right', sortBy: amount, cell: (row) => yen(amount(row), decimals) };
}
