import { describe, expect, it } from 'vitest';
import { addDays, addMonths, japanInstant, japanTime, shortJapanInstant, weekdayFromMonday } from './japan-time.ts';

describe('times', () => {
  it('are those of a clock in Tokyo, whatever the time zone of the browser', () => {
    expect(japanTime('2026-11-24T15:00:00Z')).toEqual({ date: '2026-11-25', time: '00:00:00' });
    expect(japanTime(Date.UTC(2024, 10, 5, 6, 30))).toEqual({ date: '2024-11-05', time: '15:30:00' });
  });

  it('say that they are Japan time, and the date unless it is today', () => {
    expect(japanInstant('2026-11-24T06:45:12Z')).toBe('2026-11-24 15:45 JST');
    expect(japanInstant('2026-11-24T06:45:12Z', '2026-11-24')).toBe('15:45 JST');
    expect(japanInstant(null)).toBe('–');
  });

  it('leave out the year of this year in a narrow column', () => {
    expect(shortJapanInstant('2026-11-24T06:45:12Z', '2026-11-25')).toBe('11-24 15:45');
    expect(shortJapanInstant('2025-12-31T16:00:00Z', '2026-11-25')).toBe('01-01 01:00');
    expect(shortJapanInstant('2025-12-30T06:00:00Z', '2026-01-05')).toBe('2025-12-30 15:00');
  });
});

describe('dates', () => {
  it('step over months and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addMonths('2026-11-01', 2)).toBe('2027-01-01');
    expect(addMonths('2026-01-31', -1)).toBe('2025-12-01');
  });

  it('count weekdays from Monday', () => {
    expect(weekdayFromMonday('2026-11-23')).toBe(0);
    expect(weekdayFromMonday('2026-11-29')).toBe(6);
  });
});
