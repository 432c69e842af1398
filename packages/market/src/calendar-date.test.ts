import { describe, expect, it } from 'vitest';
import { parseCalendarDate } from './calendar-date.ts';

describe('parseCalendarDate', () => {
  it('reads a day of the calendar', () => {
    expect(parseCalendarDate('2024-11-05')).toBe('2024-11-05');
  });

  it('names the field and the range for a day outside of it', () => {
    expect(() => parseCalendarDate('1999-12-31', 'from')).toThrow(/from: expected a day from 2000-01-01 to 2030-12-31/);
  });

  it('refuses a day that does not exist', () => {
    expect(() => parseCalendarDate('2026-02-30', 'to')).toThrow(/to: expected a date that exists/);
  });
});
