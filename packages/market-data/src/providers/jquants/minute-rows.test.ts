import { instantOf, japanTime, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { inspectBars } from '../../quality/inspect-bars.ts';
import { masterOf } from '../../symbols/symbol-table.ts';
import type { JQuantsRow } from './client.ts';
import { minuteRows } from './minute-rows.ts';

const day = parseTradeDate('2025-01-22');
const master = masterOf(parseSymbol('7203'), { tickTable: 'topix500' });
const options = { master, file: 'jquants/7203, minute bars', range: { from: day, to: day } };

const row = (time: string, [O, H, L, C]: readonly number[], Vo: number, more: object = {}): JQuantsRow => {
  return { Date: day, Time: time, Code: '72030', O, H, L, C, Vo, Va: 0, ...more };
};

/** A bar as `09:00 open high low close volume`. */
function barsOf(rows: readonly JQuantsRow[]): string[] {
  const { times, open, high, low, close, volume } = minuteRows(rows, options);
  return Array.from(times, (time, k) =>
    [japanTime(time).slice(0, 5), open[k], high[k], low[k], close[k], volume[k]].join(' '),
  );
}

describe('minute bars of J-Quants', () => {
  it('become bars of five minutes, whatever minutes are missing and in whatever order they come', () => {
    const rows = [
      row('09:04', [102, 103, 101, 101], 300),
      row('09:00', [100, 101, 99, 100], 1000),
      row('09:02', [100, 104, 100, 102], 200),
      row('09:05', [101, 101, 100, 100], 400),
      row('09:14', [100, 100, 98, 98], 500),
    ];
    expect(barsOf(rows)).toEqual(['09:00 100 104 99 101 1500', '09:05 101 101 100 100 400', '09:10 100 100 98 98 500']);
  });

  it('have the closing auctions of morning and day as bars of their own, and nothing over lunch', () => {
    const rows = [
      row('11:29', [100, 100, 100, 100], 100),
      row('11:30', [101, 101, 101, 101], 700),
      row('12:30', [102, 103, 102, 102], 900),
      row('15:24', [104, 104, 104, 104], 100),
      row('15:30', [105, 105, 105, 105], 5000),
    ];
    expect(barsOf(rows)).toEqual([
      '11:25 100 100 100 100 100',
      '11:30 101 101 101 101 700',
      '12:30 102 103 102 102 900',
      '15:20 104 104 104 104 100',
      '15:30 105 105 105 105 5000',
    ]);
    const { entries } = inspectBars(minuteRows(rows, options), instantOf(day, '16:30'));
    expect(entries).toEqual([]);
  });

  it.each([
    ['no number', { C: '101' }, 'not-a-number', 'C: expected a number, got "101"'],
    ['no volume', { Vo: null }, 'fields-missing', 'Vo: expected a number, got null'],
    ['other values for the same minute', { Time: '09:00', C: 99 }, 'date-duplicate', 'another row of 09:00'],
  ])('leave out the five minutes of which a row has %s, and say so', (_, more, reason, message) => {
    const rows = [
      row('09:00', [100, 100, 100, 100], 100),
      row('09:01', [100, 100, 100, 100], 100, more),
      row('09:05', [101, 101, 101, 101], 100),
    ];
    expect(barsOf(rows)).toEqual(['09:05 101 101 101 101 100']);
    expect(minuteRows(rows, options).malformed).toMatchObject([
      { reason, message: expect.stringContaining(message), date: expect.stringMatching(/^2025-01-22 09:0[01]$/) },
    ]);
  });

  it.each([
    [{ Date: '2025-02-30' }, 'date-invalid'],
    [{ Time: '9:00' }, 'date-invalid'],
    [{ Time: '25:00' }, 'date-invalid'],
    [{ Date: '2025-01-23' }, 'date-out-of-range'],
  ])('keep out a row of %j alone', (more, reason) => {
    const rows = [row('09:00', [100, 100, 100, 100], 100), row('09:01', [1, 1, 1, 1], 1, more)];
    expect(barsOf(rows)).toEqual(['09:00 100 100 100 100 100']);
    expect(minuteRows(rows, options).malformed).toMatchObject([{ reason }]);
  });
});
