import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOfDayNumber, dayNumber, isTradeDate, parseTradeDate, weekday } from './trade-date.ts';

describe('TradeDate', () => {
  it.each(['2026-11-25', '2024-02-29', '2000-02-29', '1970-01-01'])('reads %s', (text) => {
    expect(parseTradeDate(text)).toBe(text);
  });

  it.each(['2026-02-30', '2025-02-29', '1900-02-29', '2026-13-01', '2026-1-5', '20260105', '2026-01-05T00:00:00Z', ''])(
    'refuses %j and names the field',
    (text) => {
      expect(isTradeDate(text)).toBe(false);
      expect(() => parseTradeDate(text, 'from')).toThrow(
        expect.objectContaining({
          code: 'market.date-invalid',
          message: `from: expected a date that exists, as YYYY-MM-DD, got ${JSON.stringify(text)}`,
        }),
      );
    },
  );

  it('numbers days as the platform does, and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (number) => {
        const date = dateOfDayNumber(number);
        expect(dayNumber(date)).toBe(number);
        expect(Date.parse(`${date}T00:00:00Z`)).toBe(number * 86_400_000);
        expect(weekday(date)).toBe(new Date(number * 86_400_000).getUTCDay());
        expect(addDays(date, 1)).toBe(dateOfDayNumber(number + 1));
        expect(addDays(date, -400)).toBe(dateOfDayNumber(number - 400));
      }),
    );
  });

  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['1970-01-02', 1],
    ['2000-02-29', 11_016],
    ['2000-03-01', 11_017],
    ['2149-06-06', 65_535],
    ['2149-06-07', 65_536],
  ])('numbers %s %i, and again', (text, number) => {
    const date = parseTradeDate(text);
    expect(dayNumber(date)).toBe(number);
    expect([dateOfDayNumber(number), dateOfDayNumber(number)]).toEqual([date, date]);
  });

  it('names a field “date” where nothing else is said', () => {
    expect(() => parseTradeDate('today')).toThrow('date: expected a date that exists, as YYYY-MM-DD, got "today"');
  });
});
