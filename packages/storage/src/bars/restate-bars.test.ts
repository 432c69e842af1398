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

  it('follow the nearest day of both, and of two equally near the later one', () => {
    // The first day has the new price already, the last one has not: by it the days near to it are of before.
    const mixed = columns([20_000, 100], [20_001, 500], [20_002, 510], [20_003, 520], [20_004, 500]);
    const both = columns([20_000, 100], [20_004, 100], [20_005, 100]);
    expect(restated(mixed, both, split(20_005, 0.2))).toEqual([
      [20_002, 102, 5000],
      [20_003, 104, 5000],
    ]);
    const sound = columns([20_000, 100], [20_001, 500], [20_002, 510], [20_003, 520], [20_004, 100]);
    const others = columns([20_000, 100], [20_002, 102], [20_004, 100], [20_005, 100]);
    expect(restated(sound, others, split(20_005, 0.2))).toEqual([[20_001, 100, 5000]]);
  });

  it('are adjusted for all splits since, in whatever order they are named', () => {
    const both = columns([20_000, 50], [20_003, 103], [20_004, 104]);
    const splits = [split(20_002, 0.5), split(20_004, 0.2)];
    const expected = [
      [20_001, 51, 10_000],
      [20_002, 101, 5000],
    ];
    expect(restated(stored, both, ...splits)).toEqual(expected);
    expect(restated(stored, both, ...splits.toReversed())).toEqual(expected);
    // A split that the stored prices know, and one that they do not.
    const known = columns([20_000, 100], [20_003, 103], [20_004, 104]);
    expect(restated(stored, known, ...splits.toReversed())).toEqual([
      [20_001, 102, 5000],
      [20_002, 101, 5000],
    ]);
  });

  it('stay as they are from the day of the split on, and where a split lies between them and every day of both', () => {
    const both = columns([20_001, 102], [20_004, 104]);
    expect(restated(stored, both, split(20_002, 0.2))).toEqual([[20_000, 100, 5000]]);
    expect(restated(stored, columns([20_002, 101]), split(20_002, 0.2))).toEqual([]);
    expect(restated(stored, columns([20_003, 515]), split(20_001, 0.5))).toEqual([]);
  });

  it('are adjusted by the split itself where the prices show it within 5 %', () => {
    const showing = (price: number) =>
      restated(columns([20_000, 500], [20_001, 510]), columns([20_001, price]), split(20_004, 0.2));
    expect([97.1, 107.2].map(showing)).toEqual([[[20_000, 100, 5000]], [[20_000, 100, 5000]]]);
    expect([97, 107.3].map(showing)).toEqual([[], []]);
  });

  it('have every price multiplied, and shares divided and rounded', () => {
    const of = (value: number) => Float64Array.of(value, value);
    const days = Int32Array.of(20_000, 20_001);
    const odd = columnsOfDailyBars({
      days,
      open: of(90),
      high: of(120),
      low: of(60),
      close: of(100),
      volume: of(1000),
    });
    expect(restatedBars(odd, columns([20_001, 300]), [split(20_002, 3)])).toEqual({
      axis: Float64Array.of(20_000),
      open: Float64Array.of(270),
      high: Float64Array.of(360),
      low: Float64Array.of(180),
      close: Float64Array.of(300),
      volume: Float64Array.of(333),
    });
  });
});
