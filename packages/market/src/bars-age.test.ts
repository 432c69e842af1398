import { describe, expect, it } from 'vitest';
import { barsAge, isOver } from './bars-age.ts';
import { parseTradeDate } from './trade-date.ts';

const instantAt = (instant: string) => Date.parse(instant);

describe('the age of bars', () => {
  it.each([
    { newest: '2026-11-25', now: '2026-11-25T06:30:00Z', sessions: 0, days: 0 },
    // Monday is a holiday: the session after Friday 2026-11-20 is Tuesday.
    { newest: '2026-11-20', now: '2026-11-24T06:29:59Z', sessions: 0, days: 0 },
    { newest: '2026-11-20', now: '2026-11-24T06:30:00Z', sessions: 1, days: 4 },
    { newest: '2026-11-20', now: '2026-11-25T07:00:00Z', sessions: 2, days: 5 },
    { newest: '2024-10-16', now: '2026-11-27T04:00:00Z', sessions: 513, days: 771 },
    // A Sunday, and a day after now: neither is a session that could be missing.
    { newest: '2026-11-22', now: '2026-11-24T06:30:00Z', sessions: 1, days: 2 },
    { newest: '2026-12-01', now: '2026-11-25T07:00:00Z', sessions: 0, days: 0 },
  ])('$newest at $now is $sessions sessions behind', ({ newest, now, sessions, days }) => {
    expect(barsAge(parseTradeDate(newest), instantAt(now))).toMatchObject({
      newest,
      sessionsBehind: sessions,
      daysBehind: days,
    });
  });

  it('a session is over from its close on', () => {
    expect(isOver(parseTradeDate('2026-11-25'), instantAt('2026-11-25T06:29:59Z'))).toBe(false);
    expect(isOver(parseTradeDate('2026-11-25'), instantAt('2026-11-25T06:30:00Z'))).toBe(true);
    expect(isOver(parseTradeDate('2026-11-26'), instantAt('2026-11-25T06:30:00Z'))).toBe(false);
  });
});
