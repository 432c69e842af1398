import { dateOfDayNumber } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { type Columns, columnsOfDailyBars } from './columns.ts';
import { restatedBars, type Split } from './restate-bars.ts';

/** Bars whose prices all are the one given for their day, of 1,000 shares. */
function columns(...bars: readonly (readonly [day: number, price: number])[]): Columns {
  const prices = Float64Array.from(bars, ([, price]) => price);
  const days = Int32Array.from(bars, ([day]) => day);
  const volume = prices.map(() => 1000);
  return columnsOfDailyBars({ days, open: prices, high: prices, low: prices, close: prices, volume });
}

const split = (day: number, value: number): Split => ({ date: dateOfDayNumber(day), value });
/** Restated bars as [day, close, volume]. */
const restated = (stored: Columns, incoming: Columns, ...splits: readonly Split[]) => {
  const { axis, close, volume } = restatedBars(stored, incoming, splits);
  return Array.from(axis, (day, row) => [day, close[row], volume[row]]);
};

const stored = columns([20_000, 500], [20_001, 510], [20_002, 505], [20_003, 515]);
/** The prices after a split into five on day 20,004, without day 20,001 and without the first. */
const after = columns([20_002, 101], [20_003, 103], [20_004, 104]);

describe('stored bars among newer ones that are adjusted for a split', () => {
  it('of days that the newer lack have the price and the volume of after it', () => {
    expect(restated(stored, after, split(20_004, 0.2))).toEqual([
      [20_000, 100, 5000],
      [20_001, 102, 5000],
    ]);
    expect([...stored.close]).toEqual([500, 510, 505, 515]);
  });

  it('are not adjusted twice, and not for a split that their prices had before', () => {
    const once = columns([20_000, 100], [20_001, 102], [20_002, 101], [20_003, 103]);
    expect(restated(once, after, split(20_004, 0.2))).toEqual([]);
    // On day 20,002 there was one of two for one, which the stored prices know. The first day is in both.
    const both = columns([20_000, 100], [20_002, 101], [20_003, 103], [20_004, 104]);
    const earlier = split(20_002, 0.5);
    expect(restated(stored, both, earlier, split(20_004, 0.2))).toEqual([[20_001, 102, 5000]]);
  });

  it('stay as they are where no day says by how much, or the days that both have say nothing of it', () => {
    expect(restated(stored, columns([20_004, 104]), split(20_004, 0.2))).toEqual([]);
    expect(restated(stored, columns([20_002, 404]), split(20_004, 0.2))).toEqual([]);
    expect(restated(stored, after)).toEqual([]);
  });
});
