import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { axisRange, columnsOfDailyBars, columnsOfIntradayBars, dailyBars, intradayBars } from './columns.ts';

const [from, to] = [parseTradeDate('2024-11-05'), parseTradeDate('2024-11-06')];

describe('the range of an axis', () => {
  it('is open where no day is given', () => {
    for (const interval of ['1d', '5m'] as const) {
      expect(axisRange(interval, {})).toEqual({ from: -Infinity, to: Infinity });
    }
  });

  it('has the days of daily bars, both included', () => {
    expect(axisRange('1d', { from, to })).toEqual({ from: dayNumber(from), to: dayNumber(to) });
    expect(axisRange('1d', { from })).toEqual({ from: dayNumber(from), to: Infinity });
  });

  it('has the first to the last millisecond in Japan of 5-minute bars', () => {
    expect(axisRange('5m', { from, to })).toEqual({
      from: Date.parse('2024-11-05T00:00:00+09:00'),
      to: Date.parse('2024-11-06T23:59:59.999+09:00'),
    });
    expect(axisRange('5m', { to: from }).from).toBe(-Infinity);
  });
});

it('bars are the same after a way through the columns of files', () => {
  const [open, high, low, close, volume] = [1, 2, 3, 4, 5].map((value) => Float64Array.of(value, value + 0.5));
  const values = { open: open!, high: high!, low: low!, close: close!, volume: volume! };
  const daily = { days: Int32Array.of(19_726, 19_727), ...values };
  expect(columnsOfDailyBars(daily)).toEqual({ axis: Float64Array.of(19_726, 19_727), ...values });
  expect(dailyBars(columnsOfDailyBars(daily))).toEqual(daily);
  const intraday = { times: Float64Array.of(1e12, 1e12 + 300_000), ...values };
  expect(intradayBars(columnsOfIntradayBars(intraday))).toEqual(intraday);
});
