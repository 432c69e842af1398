import { describe, expect, it } from 'vitest';
import { inEarningsSeason } from './earnings-season.ts';
import { parseTradeDate } from './trade-date.ts';

describe('earnings seasons', () => {
  it.each([
    ['2025-01-24', '2025-02-14'],
    ['2025-04-24', '2025-05-15'],
    ['2025-07-24', '2025-08-14'],
    ['2025-10-24', '2025-11-14'],
    ['2024-01-24', '2024-02-14'],
  ])('last from %s to %s, both included', (first, last) => {
    const inside = (date: string, days: number) => {
      const moved = new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
      return inEarningsSeason(parseTradeDate(moved));
    };
    expect([inside(first, -1), inside(first, 0), inside(last, 0), inside(last, 1)]).toEqual([false, true, true, false]);
  });

  it('are a quarter of the year', () => {
    const days = Array.from({ length: 365 }, (_, day) =>
      new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10),
    );
    expect(days.filter((day) => inEarningsSeason(parseTradeDate(day)))).toHaveLength(88);
  });
});
