import type { PriceFactor } from '@daytrade/contracts';
import { dateOfDayNumber } from '@daytrade/market';
import { isSplitRatio } from '../../quality/splits.ts';

/** Daily rows with what a file says of dividends beside them. */
interface DividendColumns {
  /** Days since 1970-01-01. */
  readonly times: Float64Array;
  readonly close: Float64Array;
  /** NaN where a row has none; undefined without such a column. */
  readonly adjustedClose: Float64Array | undefined;
  /** Yen a share that go from the price on the row's day; undefined without such a column. */
  readonly dividend: Float64Array | undefined;
}

/** Steps of the factor between the two closes that come from rounding, as a share of the price. */
const rounding = 5e-4;

/**
 * Returns the dividends of a file of daily bars, in its own prices: those of a column of dividends, else those that a
 * column of adjusted closes has taken out of earlier prices. An adjusted close steps against the close by the dividend
 * as a share of the close before its ex-day, `1 − yen ÷ close`. A step by the ratio of a split is not a dividend.
 *
 * A file does not state the day of publication, so a dividend counts as known on its ex-day.
 */
export function dividendsInFile(columns: DividendColumns): readonly PriceFactor[] {
  if (columns.dividend === undefined && columns.adjustedClose === undefined) return [];
  const order = Array.from(columns.times.keys()).sort((a, b) => columns.times[a]! - columns.times[b]!);
  const found = columns.dividend === undefined ? fromAdjustedCloses(columns, order) : fromColumn(columns, order);
  return found.map(({ row, yen }) => {
    const date = dateOfDayNumber(columns.times[row]!);
    return { date, kind: 'dividend', value: yen, knownOn: date, source: 'csv' };
  });
}

interface Found {
  readonly row: number;
  readonly yen: number;
}

function fromColumn({ dividend }: DividendColumns, order: readonly number[]): readonly Found[] {
  return order.flatMap((row) => {
    const yen = dividend?.[row] ?? 0;
    return yen > 0 && Number.isFinite(yen) ? [{ row, yen }] : [];
  });
}

function fromAdjustedCloses(
  { close, adjustedClose, times }: DividendColumns,
  order: readonly number[],
): readonly Found[] {
  if (adjustedClose === undefined) return [];
  const found: Found[] = [];
  let before: { readonly factor: number; readonly close: number; readonly day: number } | undefined;
  for (const row of order) {
    const factor = adjustedClose[row]! / close[row]!;
    if (!(factor > 0) || !Number.isFinite(factor)) continue;
    const share = before === undefined || before.day === times[row] ? 0 : 1 - before.factor / factor;
    if (share > rounding && !isSplitRatio(1 / (1 - share))) {
      found.push({ row, yen: Math.round(share * before!.close * 1_000) / 1_000 });
    }
    before = { factor, close: close[row]!, day: times[row]! };
  }
  return found;
}
