import { dayNumber, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarColumns } from './panel.ts';
import { type PriceChange, pricesAsOf } from './prices-as-of.ts';

const start = dayNumber(parseTradeDate('2024-01-04'));
const last = (bars: BarColumns) => bars.days.at(-1)!;

function barsOf(closes: readonly number[]): BarColumns {
  const scaled = (factor: number) => Float64Array.from(closes, (close) => close * factor);
  return {
    days: Int32Array.from(closes, (_, row) => start + row),
    open: scaled(0.99),
    high: scaled(1.02),
    low: scaled(0.98),
    close: scaled(1),
    volume: Float64Array.from(closes, () => 1000),
  };
}

/** The same bars as they were traded before a split on the day of a row. */
function beforeSplit(bars: BarColumns, row: number, factor: number): BarColumns {
  const prices = (column: Float64Array) => column.map((price, index) => (index < row ? price / factor : price));
  const { days, open, high, low, close, volume } = bars;
  const shares = volume.map((count, index) => (index < row ? count * factor : count));
  return { days, open: prices(open), high: prices(high), low: prices(low), close: prices(close), volume: shares };
}

const split = (row: number, value: number): PriceChange => ({
  day: start + row,
  knownOn: start + row,
  kind: 'split',
  value,
});
const dividend = (row: number, value: number, knownOn = row): PriceChange => ({
  day: start + row,
  knownOn: start + knownOn,
  kind: 'dividend',
  value,
});

const closes = fc.array(fc.double({ min: 100, max: 10_000, noNaN: true }), { minLength: 3, maxLength: 40 });
const change = fc.oneof(
  fc
    .record({ row: fc.nat(39), value: fc.constantFrom(0.2, 0.5, 10, 1 / 3) })
    .map(({ row, value }) => split(row, value)),
  fc
    .record({ row: fc.nat(39), value: fc.double({ min: 0, max: 9, noNaN: true }), later: fc.nat(40) })
    .map(({ row, value, later }) => dividend(row, value, row + later - 20)),
);
const changes = fc.array(change, { maxLength: 6 });

function expectSame(one: BarColumns, other: BarColumns): void {
  expect(one.days).toEqual(other.days);
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
    expect(one[name]).toHaveLength(other[name].length);
    one[name].forEach((value, row) => {
      expect(value / other[name][row]!).toBeCloseTo(1, 12);
    });
  }
}

describe('prices as of a day', () => {
  it.each([
    ['a 5:1 split', 0.2],
    ['a 1:10 reverse split', 10],
  ])('take %s out of prices and volumes', (_, factor) => {
    fc.assert(
      fc.property(closes, fc.nat(), (values, where) => {
        const bars = barsOf(values);
        const row = where % values.length;
        const traded = beforeSplit(bars, row, factor);
        expectSame(pricesAsOf(traded, [split(row, factor)], last(bars)), bars);
      }),
    );
  });

  it('give over an ex-day the return of who held the share', () => {
    fc.assert(
      fc.property(closes, fc.nat(), fc.double({ min: 0, max: 99, noNaN: true }), (values, where, yen) => {
        const row = 1 + (where % (values.length - 1));
        const { close } = pricesAsOf(barsOf(values), [dividend(row, yen)], start + values.length);
        const held = values[row]! / (values[row - 1]! - yen);
        expect(close[row]! / close[row - 1]! / held).toBeCloseTo(1, 12);
        expect(close.slice(row)).toEqual(Float64Array.from(values.slice(row)));
      }),
    );
  });

  it('take a dividend and a split of one day from the shares before both', () => {
    const { close, volume } = pricesAsOf(barsOf([1000, 190]), [dividend(1, 50), split(1, 0.2)], start + 1);
    expect([...close]).toEqual([190, 190]);
    expect([...volume]).toEqual([5000, 1000]);
  });

  it('know nothing of what comes after the day, neither bars nor changes nor corrections', () => {
    fc.assert(
      fc.property(closes, changes, fc.nat(39), (values, all, at) => {
        const asOf = start + (at % values.length);
        const whole = pricesAsOf(barsOf(values), all, asOf);
        const known = all.filter(({ day, knownOn }) => day <= asOf && knownOn <= asOf);
        expect(pricesAsOf(barsOf(values.slice(0, asOf - start + 1)), known, asOf)).toEqual(whole);
        expect(last(whole)).toBe(asOf);
        expect(whole.close.at(-1)).toBe(values[asOf - start]);
      }),
    );
  });

  it('use the newest word of a dividend up to the day', () => {
    const words = [dividend(1, 10, 0), dividend(1, 30, 2), dividend(1, 20, 1)];
    const closeAsOf = (row: number) => pricesAsOf(barsOf([100, 100, 100, 100]), words, start + row).close[0];
    expect([0, 1, 2, 3].map(closeAsOf)).toEqual([100, 80, 70, 70]);
  });

  it.each([
    [
      'a dividend as high as the price',
      dividend(1, 100),
      '2024-01-05: a dividend of 100 yen after a close of 100 cannot be',
    ],
    ['a split by zero', split(1, 0), '2024-01-05: a split by 0 cannot be'],
  ])('refuse %s', (_, impossible, message) => {
    expect(() => pricesAsOf(barsOf([100, 90]), [impossible], start + 1)).toThrow(message);
  });
});
