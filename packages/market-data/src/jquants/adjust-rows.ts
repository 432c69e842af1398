import type { JQuantsRow } from './pages.ts';

const prices = ['O', 'H', 'L', 'C'] as const;

/**
 * Adjusts rows for the splits among them, as single questions have it: every day before one by its factor, prices to a
 * tenth of a yen (https://jpx-jquants.com/en/spec/eq-bars-daily). The files of months have traded prices alone, since
 * no file is written again when a split comes.
 *
 * @param rows of one symbol, up to the newest that there is: a split after them would be missed
 * @returns the same rows, oldest first
 */
export function withAdjustedPrices(rows: readonly JQuantsRow[]): readonly JQuantsRow[] {
  const newestFirst = rows.toSorted((one, other) => (String(one.Date) < String(other.Date) ? 1 : -1));
  let factor = 1;
  const adjusted = newestFirst.map((row) => {
    const values = prices.map((name) => [`Adj${name}`, scaled(row[name], (price) => tenths(price * factor))]);
    const result = { ...row, ...Object.fromEntries(values), AdjVo: scaled(row.Vo, (shares) => shares / factor) };
    const { AdjFactor: own } = row;
    if (typeof own === 'number' && own > 0) factor *= own;
    return result;
  });
  return adjusted.reverse();
}

/** What is no number stays as it is, for the row to be kept out with its reason. */
function scaled(value: unknown, change: (value: number) => number): unknown {
  return typeof value === 'number' ? change(value) : value;
}

function tenths(price: number): number {
  return Math.round(price * 10) / 10;
}
