import { describe, expect, it } from 'vitest';
import { announcedAt, inEarningsSeason, sessionMovedBy } from './announcement-session.ts';
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

describe('earnings seasons', () => {
  it.each([
    ['2025-01-24', '2025-02-14'],
    ['2025-10-24', '2025-11-14'],
    ['2024-01-24', '2024-02-14'],
  ])('last from %s to %s, both included', (first, last) => {
    const inside = (date: string, days: number) => {
      const moved = new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
      return inEarningsSeason(parseTradeDate(moved));
    };
    expect([inside(first, -1), inside(first, 0), inside(last, 0), inside(last, 1)]).toEqual([false, true, true, false]);
  });
});
