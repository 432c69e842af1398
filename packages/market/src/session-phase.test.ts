import { describe, expect, it } from 'vitest';
import { instantOf } from './japan-time.ts';
import { barsAge, hasBegun, isOver, lastClosedSession, phaseAt, sessionOpen } from './session-phase.ts';
import { parseTradeDate } from './trade-date.ts';

const at = (date: string, time: string) => instantOf(parseTradeDate(date), time);

describe('phaseAt', () => {
  it.each([
    ['00:00:00', 'before-open'],
    ['08:59:59', 'before-open'],
    ['09:00:00', 'morning'],
    ['11:29:59', 'morning'],
    ['11:30:00', 'lunch'],
    ['12:29:59', 'lunch'],
    ['12:30:00', 'afternoon'],
    ['15:24:59', 'afternoon'],
    ['15:25:00', 'pre-closing'],
    ['15:29:59', 'pre-closing'],
    ['15:30:00', 'after-close'],
  ])('at %s of a session is %s', (time, phase) => {
    expect(phaseAt(at('2024-11-05', time))).toEqual({ phase, date: '2024-11-05', session: '2024-11-05' });
  });

  it('has no pre-closing before 2024-11-05', () => {
    expect(phaseAt(at('2024-11-01', '14:59:59')).phase).toBe('afternoon');
    expect(phaseAt(at('2024-11-01', '15:00:00')).phase).toBe('after-close');
  });

  it('has neither lunch nor afternoon on a half day', () => {
    expect(phaseAt(at('2008-12-30', '10:59:59')).phase).toBe('morning');
    expect(phaseAt(at('2008-12-30', '11:00:00')).phase).toBe('after-close');
  });

  it('is closed on a day without a session, by the day in Japan and not the one in UTC', () => {
    expect(phaseAt(Date.parse('2026-11-22T15:30:00Z'))).toEqual({ phase: 'closed', date: '2026-11-23', session: null });
    expect(phaseAt(Date.parse('2026-11-23T15:30:00Z')).phase).toBe('before-open');
  });
});

describe('lastClosedSession', () => {
  it('is the session itself from its close on, the one before it until then', () => {
    expect(lastClosedSession(at('2026-11-24', '15:29:59'))).toBe('2026-11-20');
    expect(lastClosedSession(at('2026-11-24', '15:30:00'))).toBe('2026-11-24');
    expect(lastClosedSession(at('2026-11-28', '12:00'))).toBe('2026-11-27');
  });
});

describe('the open of a session', () => {
  it.each(['2005-01-04', '2024-11-01', '2026-11-24'])(
    'is 9 o’clock in Japan on %s, from which on it has begun',
    (date) => {
      const session = parseTradeDate(date);
      const open = Date.parse(`${date}T00:00:00Z`);
      expect(sessionOpen(session)).toBe(open);
      expect([open - 1, open, open + 1].map((instant) => hasBegun(session, instant))).toEqual([false, true, true]);
    },
  );

  it('is none on a day without a session', () => {
    expect(() => sessionOpen(parseTradeDate('2026-11-28'))).toThrow(/2026-11-28: the exchange is closed \(Saturday\)/);
  });
});

const instantAt = (instant: string) => Date.parse(instant);

describe('the age of bars', () => {
  it.each([
    { newest: '2026-11-25', now: '2026-11-25T06:30:00Z', sessions: 0, days: 0, finished: '2026-11-25' },
    // Monday is a holiday: the session after Friday 2026-11-20 is Tuesday.
    { newest: '2026-11-20', now: '2026-11-24T06:29:59Z', sessions: 0, days: 0, finished: '2026-11-20' },
    { newest: '2026-11-20', now: '2026-11-24T06:30:00Z', sessions: 1, days: 4, finished: '2026-11-24' },
    { newest: '2026-11-20', now: '2026-11-25T07:00:00Z', sessions: 2, days: 5, finished: '2026-11-25' },
    // A Sunday, and a day after now: neither is a session that could be missing.
    { newest: '2026-11-22', now: '2026-11-24T06:30:00Z', sessions: 1, days: 2, finished: '2026-11-24' },
    { newest: '2026-12-01', now: '2026-11-25T07:00:00Z', sessions: 0, days: 0, finished: '2026-11-25' },
  ])('$newest at $now is $sessions sessions behind', ({ newest, now, sessions, days, finished }) => {
    expect(barsAge(parseTradeDate(newest), instantAt(now))).toEqual({
      newest,
      lastFinishedSession: finished,
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
