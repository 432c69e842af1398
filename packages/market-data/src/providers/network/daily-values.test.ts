import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { dailyColumns, malformedRow, readDailyValues, shown, textOfRow } from './daily-values.ts';

const date = parseTradeDate('2025-01-06');
const names = ['O', 'H', 'L', 'C', 'V'];
const row = { Date: date };

describe('the values of a day', () => {
  it('are five numbers, or none of them on a day without a trade', () => {
    expect(readDailyValues(row, date, names, [1, 2, 3, 4, 0])).toEqual({
      day: dayNumber(date),
      values: [1, 2, 3, 4, 0],
      row,
    });
    expect(readDailyValues(row, date, names, [null, null, null, null, null])).toBe('no trade');
  });

  it.each([
    [['1', 2, 3, 4, 5], 'not-a-number', 'O: expected a number, got "1"'],
    [[1, null, 3, 4, 5], 'fields-missing', 'H: expected a number, got null'],
    [[1, 2, 3, 4, undefined], 'fields-missing', 'V: expected a number, got nothing'],
    [[null, null, null, null, 0], 'fields-missing', 'O: expected a number, got null'],
    [[1, 2, true, 4, '5'], 'not-a-number', 'L: expected a number, got true'],
  ])('that are %j have the first fault %s', (found, reason, message) => {
    expect(readDailyValues(row, date, names, found)).toEqual({
      line: dayNumber(date),
      date,
      reason,
      message,
      row: '{"Date":"2025-01-06"}',
    });
  });

  it('are sorted into bars, malformed rows and days without a trade', () => {
    const bar = { day: 20_094, values: [1, 2, 3, 4, 5], row: { Date: 'one' } };
    const malformed = malformedRow(row, '', 'date-invalid', 'Date: expected a date');
    const { rowText, ...columns } = dailyColumns([bar, 'no trade', malformed, 'no trade', { ...bar, day: 20_095 }]);
    expect(columns).toEqual({
      times: Float64Array.of(20_094, 20_095),
      open: Float64Array.of(1, 1),
      high: Float64Array.of(2, 2),
      low: Float64Array.of(3, 3),
      close: Float64Array.of(4, 4),
      volume: Float64Array.of(5, 5),
      lines: Int32Array.of(20_094, 20_095),
      malformed: [{ line: 0, date: '', reason: 'date-invalid', message: 'Date: expected a date', row: textOfRow(row) }],
      rowsWithoutTrade: 2,
    });
    expect(rowText(0)).toBe('{"Date":"one"}');
  });
});

it('long rows and values are shown by their beginning', () => {
  const text = 'x'.repeat(500);
  expect(textOfRow({ text })).toBe(`{"text":"${'x'.repeat(391)}`);
  expect(shown(text)).toBe(`"${'x'.repeat(39)}`);
  expect([shown(undefined), shown(null), shown(1.5)]).toEqual(['nothing', 'null', '1.5']);
});
