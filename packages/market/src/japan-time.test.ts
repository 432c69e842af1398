import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, japanDate, japanDay, japanMinute, japanTime, minuteOf } from './japan-time.ts';
import { dayNumber, parseTradeDate } from './trade-date.ts';

describe('time in Japan', () => {
  it('is nine hours ahead of UTC, summer and winter', () => {
    expect(instantOf(parseTradeDate('2026-07-01'), '09:00')).toBe(Date.parse('2026-07-01T00:00:00Z'));
    expect(instantOf(parseTradeDate('2026-12-01'), '08:59:59')).toBe(Date.parse('2026-11-30T23:59:59Z'));
  });

  it('an instant is the day and the time that it shows', () => {
    const seconds = fc.integer({ min: 946_684_800, max: 1_924_991_999 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = second * 1000;
        expect(instantOf(japanDate(instant), japanTime(instant))).toBe(instant);
        expect(japanDay(instant)).toBe(dayNumber(japanDate(instant)));
        expect(japanMinute(instant)).toBe(minuteOf(japanTime(instant)));
      }),
    );
  });

  it.each(['9:00', '24:00', '09:60', '', '09:00:00.5'])('refuses the time %j', (time) => {
    expect(() => instantOf(parseTradeDate('2026-12-01'), time)).toThrow(
      expect.objectContaining({ code: 'input.invalid', message: expect.stringContaining('HH:MM') }),
    );
  });
});
