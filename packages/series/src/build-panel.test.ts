import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { buildPanel, slicePanel } from './build-panel.ts';
import { type BarColumns, nextSessionLogReturn } from './panel.ts';

const symbol = (code: string) => ({ symbol: parseSymbol(code), tickTable: 'standard', priceBasis: 'traded' }) as const;
const day = (date: string) => dayNumber(parseTradeDate(date));

/** Bars whose five columns all hold `values`. */
function bars(dates: readonly string[], values: readonly number[]): BarColumns {
  const column = Float64Array.from(values);
  return {
    days: Int32Array.from(dates, day),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
  };
}

const panel = buildPanel([
  { symbol: symbol('0101'), bars: bars(['2024-05-01', '2024-05-02', '2024-05-08'], [100, 110, 121]) },
  { symbol: symbol('0102'), bars: bars(['2024-05-02', '2024-05-07'], [200, 210]) },
]);

describe('buildPanel', () => {
  it('has every session from first to last bar, also one on which a symbol did not trade, and no holiday', () => {
    expect([...panel.days]).toEqual(['2024-05-01', '2024-05-02', '2024-05-07', '2024-05-08'].map(day));
  });

  it('is date-major, NaN without a bar', () => {
    expect([...panel.close]).toEqual([100, NaN, 110, 200, NaN, 210, 121, NaN]);
    expect(panel.volume).toEqual(panel.close);
  });

  it('puts the bars of more symbols than are filled at a time in their own columns', () => {
    const dates = ['2024-05-01', '2024-05-02', '2024-05-07'];
    for (const count of [8, 9, 16, 17]) {
      const inputs = Array.from({ length: count }, (_, s) => ({
        symbol: symbol(String(1_301 + s)),
        bars: bars(
          dates.slice(s % 2),
          dates.slice(s % 2).map((_, i) => 100 * s + i + (s % 2)),
        ),
      }));
      const expected = dates.flatMap((_, t) => inputs.map((_, s) => (s % 2 > t ? NaN : 100 * s + t)));
      expect([...buildPanel(inputs).close]).toEqual(expected);
    }
  });

  it('goes on with the session after a day, also where a symbol has a bar only later', () => {
    const inputs = [
      { symbol: symbol('0101'), bars: bars(['2024-05-08'], [3]) },
      { symbol: symbol('0102'), bars: bars([], []) },
    ];
    const { days, close } = buildPanel(inputs, day('2024-05-02'));
    expect([...days]).toEqual(['2024-05-07', '2024-05-08'].map(day));
    expect([...close]).toEqual([NaN, NaN, 3, NaN]);
    expect(buildPanel(inputs, day('2024-05-07')).days).toHaveLength(1);
    expect(buildPanel(inputs.slice(1), day('2024-05-08')).days).toHaveLength(0);
  });

  it('is empty without bars', () => {
    expect(buildPanel([]).days).toHaveLength(0);
    expect(buildPanel([{ symbol: symbol('0101'), bars: bars([], []) }]).close).toHaveLength(0);
  });

  it('refuses a bar on a closed day, naming symbol and day', () => {
    const closed = [{ symbol: symbol('0101'), bars: bars(['2024-05-02', '2024-05-03', '2024-05-07'], [1, 2, 3]) }];
    expect(() => buildPanel(closed)).toThrow('bars of 0101 on 2024-05-03: the exchange was closed on that day');
  });
});

describe('slicePanel', () => {
  it('gives sessions from (inclusive) to (exclusive) as views', () => {
    const slice = slicePanel(panel, 1, 3);
    expect([...slice.days]).toEqual(['2024-05-02', '2024-05-07'].map(day));
    expect([...slice.close]).toEqual([110, 200, NaN, 210]);
    expect(slice.close.buffer).toBe(panel.close.buffer);
  });

  it('stays inside the panel', () => {
    expect(slicePanel(panel, -5, 99).days).toEqual(panel.days);
    expect(slicePanel(panel, 3, 1).days).toHaveLength(0);
    expect(slicePanel(panel, 9, 12).close).toHaveLength(0);
    expect([...slicePanel(panel, 3, 9).close]).toEqual([121, NaN]);
    expect([...slicePanel(panel, -1, 1).close]).toEqual([100, NaN]);
  });
});

describe('nextSessionLogReturn', () => {
  it('is ln(C[t+1] / C[t]), NaN where a bar is missing at t or t + 1 and in the last session', () => {
    const label = nextSessionLogReturn(panel);
    expect(label[0]).toBeCloseTo(Math.log(1.1), 15);
    expect(label[3]).toBeCloseTo(Math.log(1.05), 15);
    expect([1, 2, 4, 5, 6, 7].every((row) => Number.isNaN(label[row]!))).toBe(true);
  });
});
