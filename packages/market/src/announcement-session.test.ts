import { describe, expect, it } from 'vitest';
import { announcedAt, sessionMovedBy } from './announcement-session.ts';
import { parseTradeDate } from './trade-date.ts';

describe('an announcement', () => {
  it.each([
    ['2025-02-05', '14:00', '2025-02-05'],
    // The exchange closes at 15:30, and before 2024-11-05 at 15:00.
    ['2025-02-05', '15:29', '2025-02-05'],
    ['2025-02-05', '15:30', '2025-02-06'],
    ['2024-02-06', '15:10', '2024-02-07'],
    ['2025-02-07', null, '2025-02-10'],
    // A Saturday.
    ['2025-02-08', '10:00', '2025-02-10'],
  ] as const)('of %s at %s moves the close of %s', (date, time, session) => {
    expect(sessionMovedBy(parseTradeDate(date), time)).toBe(session);
  });

  it('is public from its time on, or from the end of its day in Japan', () => {
    const date = parseTradeDate('2025-02-28');
    expect(new Date(announcedAt(date, '15:30')).toISOString()).toBe('2025-02-28T06:30:00.000Z');
    expect(new Date(announcedAt(date, null)).toISOString()).toBe('2025-02-28T15:00:00.000Z');
  });
});
