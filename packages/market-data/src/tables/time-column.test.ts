import { addDays, type TradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { parseBarFile } from '../providers/csv/bar-file.ts';
import { dateFormatOf, intervalOf } from './time-column.ts';

const header = 'date,open,high,low,close,volume';
const file = (...dates: readonly string[]) => [header, ...dates.map((date) => `${date},1,1,1,1,100`)].join('\n');

describe('the format of dates that can be read in two ways', () => {
  it('is the one in which all rows exist', () => {
    expect(dateFormatOf(['11/08/2024', '11/20/2024'])).toBe('MM/DD/YYYY');
    expect(dateFormatOf(['08.11.2024', '20.11.2024'])).toBe('DD/MM/YYYY');
    expect(dateFormatOf(['24/11/20', '24/12/31'])).toBe('YY/MM/DD');
  });

  it('is not known where two fit, where none does, and where none is needed', () => {
    expect(dateFormatOf(['11/08/2024', '11/07/2024'])).toBeUndefined();
    expect(dateFormatOf(['11/20/2024', '20/11/2024'])).toBeUndefined();
    expect(dateFormatOf(['2024-11-20', '11/20/2024'])).toBeUndefined();
  });

  it('puts rows on sessions, where there are enough of them to tell', () => {
    const february = Array.from({ length: 28 }, (_, day) => addDays('2025-02-01' as TradeDate, day));
    const isWorkday = (date: string) => ![0, 6].includes(new Date(date).getUTCDay());
    const rows = february.filter(isWorkday).map((date) => date.slice(2).replaceAll('-', '/'));
    expect(dateFormatOf(rows, isWorkday)).toBe('YY/MM/DD');
    expect(dateFormatOf(rows.slice(0, 4), isWorkday)).toBeUndefined();
  });

  it('is said where the rows do not show it', () => {
    const text = file('06/01/2025', '07/01/2025');
    expect(parseBarFile(text, 'x.csv').malformed).toHaveLength(2);
    const { times, malformed, form } = parseBarFile(text, 'x.csv', { dateFormat: 'DD/MM/YYYY' });
    expect([malformed, form.dates, [...times]]).toEqual([[], ['DD/MM/YYYY'], [20_094, 20_095]]);
    const american = parseBarFile(text, 'x.csv', { dateFormat: 'MM/DD/YYYY' });
    expect([...american.times]).toEqual([20_240, 20_270]);
  });
});

describe('the format of dates on days of a closed market', () => {
  it.each([
    [4, 40, 'YY/MM/DD'],
    [5, 50, undefined],
    [5, 51, 'YY/MM/DD'],
    [5, 5, undefined],
  ])('may have %d of %d rows on a closed day: %s', (closed, rows, expected) => {
    // By the other formats every row lies on a closed day.
    const dates = Array.from({ length: rows }, () => '12/11/10');
    let asked = 0;
    const isOpen = (date: string) => date === '2012-11-10' && asked++ >= closed;
    expect(dateFormatOf(dates, isOpen)).toBe(expected);
  });
});

describe('the length of bars', () => {
  const at = (count: number, minutes: number) =>
    Array.from({ length: count }, (_, row) => {
      return new Date(Date.parse('2025-01-06T00:00:00Z') + row * minutes * 60_000).toISOString();
    });
  const interval = (times: readonly string[], column = 'timestamp') => intervalOf(times, column, 'x.csv', undefined);

  it.each<[string, readonly string[], string, '1d' | '5m']>([
    ['days', ['2025-01-06', '2025-01-07'], 'timestamp', '1d'],
    ['midnights', ['2025-01-06 00:00', '2025-01-06 00:00'], 'timestamp', '1d'],
    ['one time of several days', ['2025-01-06 09:00', '2025-01-07 09:00'], 'timestamp', '1d'],
    ['one time of one day, called a date', ['2025-01-06 09:00'], 'date', '1d'],
    ['one time of one day', ['2025-01-06 09:00'], 'timestamp', '5m'],
    ['several times', ['2025-01-06 09:00', '2025-01-06 09:05'], 'date', '5m'],
    ['no time that can be read, called a date', ['x'], 'date', '1d'],
    ['no time that can be read', ['x'], 'timestamp', '5m'],
    ['a time that cannot be read before days', ['x', '2025-01-06'], 'timestamp', '1d'],
    ['a day after times', [...at(10, 5), '2025-01-06'], 'timestamp', '1d'],
    ['a day after 400 times', [...at(400, 5), '2025-01-06'], 'timestamp', '5m'],
    ['a day after 399 times', [...at(399, 5), '2025-01-06'], 'timestamp', '1d'],
  ])('of %s is known', (_, times, column, expected) => {
    expect(interval(times, column)).toBe(expected);
  });

  it('is refused where it is another one, and enough of the times show it', () => {
    expect(() => interval(at(31, 1))).toThrow('x.csv: its bars are 1 minutes apart; expected daily bars or bars of 5');
    expect(() => interval(at(31, 15).toReversed())).toThrow('its bars are 15 minutes apart');
    expect(interval(at(30, 1))).toBe('5m');
    expect(interval(at(31, 5).toReversed())).toBe('5m');
    expect(interval([...at(31, 5), ...at(31, 5)])).toBe('5m');
    expect(() => interval([...at(31, 10), '2025-01-06T00:01:00Z'])).toThrow('its bars are 1 minutes apart');
  });
});
