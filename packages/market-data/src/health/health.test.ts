import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { missingBars } from './health.ts';

const sessions = sessionsBetween(parseTradeDate('2023-12-20'), parseTradeDate('2024-02-29'));
const daysOf = (dates: typeof sessions) => Int32Array.from(dates, dayNumber);

describe('sessions without a bar', () => {
  it('are runs of sessions, across closed days, with those apart that are explained', () => {
    const without = new Set<string>(['2023-12-29', '2024-01-04', '2024-01-05', '2024-01-11', '2024-02-01']);
    const days = daysOf(sessions.filter((date) => !without.has(date)));
    expect(missingBars(days, new Set(['2024-02-01', '2024-02-02']))).toEqual({
      gaps: [
        { from: '2023-12-29', to: '2024-01-05', sessions: 3 },
        { from: '2024-01-11', to: '2024-01-11', sessions: 1 },
      ],
      missing: 4,
      explained: 1,
    });
  });

  it('are none before the first and after the last bar, or without bars', () => {
    expect(missingBars(daysOf(sessions.slice(5, 9)), new Set())).toEqual({ gaps: [], missing: 0, explained: 0 });
    expect(missingBars(new Int32Array(), new Set())).toEqual({ gaps: [], missing: 0, explained: 0 });
  });
});
