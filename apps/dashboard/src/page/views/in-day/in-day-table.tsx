import { text } from '../../i18n/language.ts';
import { missing, type PriceDecimals, percent, priceDecimals, signedPercent, yen } from '../../model/format.ts';
import type { InDayRow } from '../../model/in-day-rows.ts';
import { axisExtent } from '../../model/prediction-rows.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { IntervalBar, IntervalScale } from '../../parts/interval-bar.tsx';
import { nameColumns } from '../today/name-columns.tsx';

interface InDayTableProps {
  readonly rows: readonly InDayRow[];
  /** The rows that set the axis of the bars and the decimals of prices: all, so that a filter changes neither. */
  readonly axisRows: readonly InDayRow[];
}

/** One row per symbol: where today's close is expected from the price now, and what changed since the morning. */
export function InDayTable({ rows, axisRows }: InDayTableProps) {
  return (
    <DataTable
      caption={text('inDay.caption')}
      columns={[...nameColumns<InDayRow>(), ...columns(axisRows)]}
      rows={rows}
      rowKey={({ prediction }) => prediction.symbol}
      rowClass={({ rank }) => (rank === null ? '' : 'selected')}
      sort={{ column: 'rank', descending: false }}
      cards
    />
  );
}

function columns(axisRows: readonly InDayRow[]): readonly Column<InDayRow>[] {
  const extent = axisExtent(axisRows);
  const decimals = priceDecimals(axisRows.flatMap(({ prediction: { price, lower, upper } }) => [price, lower, upper]));
  const over = axisRows.some(({ prediction }) => prediction.close !== null);
  return [
    {
      key: 'price',
      header: text('inDay.price'),
      align: 'right',
      sortBy: ({ priceMove }) => priceMove,
      cell: ({ prediction, priceMove }) => (
        <>
          {yen(prediction.price, decimals)} <small class="quiet">{signedPercent(priceMove)}</small>
        </>
      ),
    },
    bound('lower', decimals),
    {
      key: 'interval',
      header: text('inDay.interval'),
      scale: <IntervalScale extent={extent} />,
      align: 'center',
      cell: (row) => (
        <IntervalBar
          row={{ ...row, centreMove: null }}
          extent={extent}
          label={text('inDay.interval.label', {
            low: signedPercent(row.lowerMove),
            high: signedPercent(row.upperMove),
          })}
        />
      ),
    },
    bound('upper', decimals),
    {
      key: 'width',
      header: text('column.width'),
      align: 'right',
      sortBy: ({ width }) => width,
      cell: ({ width }) => percent(width),
    },
    {
      key: 'narrowed',
      header: text('inDay.narrowed'),
      align: 'right',
      sortBy: ({ change }) => change?.width ?? null,
      cell: ({ change }) => signedPercent(change?.width ?? null, 0),
    },
    ...(over ? [outcome(decimals)] : []),
  ];
}

function bound(key: 'lower' | 'upper', decimals: PriceDecimals): Column<InDayRow> {
  return {
    key,
    header: text(`column.${key}`),
    align: 'right',
    sortBy: ({ prediction }) => prediction[key],
    cell: ({ prediction }) => yen(prediction[key], decimals),
  };
}

function outcome(decimals: PriceDecimals): Column<InDayRow> {
  return {
    key: 'close',
    header: text('symbol.close'),
    align: 'right',
    sortBy: ({ prediction: { inside } }) => (inside === null ? null : Number(inside)),
    cell: ({ prediction: { close, inside } }) =>
      close === null || inside === null ? (
        missing
      ) : (
        <>
          {yen(close, decimals)}{' '}
          <Badge tone={inside ? 'good' : 'warn'} label={text(inside ? 'symbol.in' : 'symbol.out')} />
        </>
      ),
  };
}
