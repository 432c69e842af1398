import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sessionsBetween } from './calendar.ts';
import { sessionTimes } from './session-times.ts';
import { parseTradeDate, type TradeDate } from './trade-date.ts';

interface Golden {
  readonly to: TradeDate;
  /** Sessions from which the hours changed: session, end of the morning, start of the afternoon, close. */
  readonly hoursFrom: readonly (readonly [TradeDate, string, string, string])[];
}

const golden = JSON.parse(
  readFileSync(new URL('../oracles/closed-weekdays.golden.json', import.meta.url), 'utf8'),
) as Golden;

const hours = (date: string) => {
  const times = sessionTimes(parseTradeDate(date));
  return [times.morningOpen, times.morningClose, times.afternoonOpen, times.continuousClose, times.close].join(' ');
};

describe('sessionTimes', () => {
  it.each([
    ['2011-11-18', '09:00 11:00 12:30 15:00 15:00', 'the last morning to 11:00'],
    ['2006-01-19', '09:00 11:00 13:00 15:00 15:00', 'the first shortened afternoon'],
    ['2006-04-21', '09:00 11:00 13:00 15:00 15:00', 'the last shortened afternoon'],
    ['2006-01-18', '09:00 11:00 12:30 15:00 15:00', 'the last session before it'],
    ['2006-04-24', '09:00 11:00 12:30 15:00 15:00', 'the first session after it'],
    ['2011-11-21', '09:00 11:30 12:30 15:00 15:00', 'the first morning to 11:30'],
    ['2024-11-01', '09:00 11:30 12:30 15:00 15:00', 'the last close at 15:00'],
    ['2024-11-05', '09:00 11:30 12:30 15:25 15:30', 'the first closing auction'],
    ['2008-12-29', '09:00 11:00 12:30 15:00 15:00', 'the session before a last one'],
    ['2008-01-07', '09:00 11:00 12:30 15:00 15:00', 'the session after a first one'],
    ['2000-01-04', '09:00 11:00 11:00 11:00 11:00', 'the first session that is known'],
    ['2009-12-30', '09:00 11:00 12:30 15:00 15:00', 'the first full last session of a year'],
    ['2009-01-05', '09:00 11:00 11:00 11:00 11:00', 'the last half day'],
    ['2008-12-30', '09:00 11:00 11:00 11:00 11:00', 'the last session of 2008, a half day'],
    ['2005-12-30', '09:00 11:00 11:00 11:00 11:00', 'a last session of a year'],
    ['2006-01-04', '09:00 11:00 11:00 11:00 11:00', 'a first session of a year'],
  ])('on %s is %s: %s', (date, expected) => {
    expect(hours(date)).toBe(expected);
  });

  it('has two half days in each year from 2000 to 2008, its first and its last session', () => {
    const sessions = sessionsBetween(parseTradeDate('2000-01-01'), parseTradeDate('2009-12-31'));
    const halfDays = sessions.filter((session) => sessionTimes(session).close === '11:00');
    const years = Object.values(Object.groupBy(sessions, (session) => session.slice(0, 4)));
    const ends = years.flatMap((year) => [year!.at(0)!, year!.at(-1)!]);
    expect(halfDays).toEqual(ends.filter((session) => session !== '2009-12-30'));
  });

  // exchange_calendars gives the hours of 2011 for all days before: it has neither the morning to 11:00 nor half days.
  it('has the hours of the Python package exchange_calendars on every session from 2011-11-21', () => {
    for (const session of sessionsBetween(parseTradeDate('2011-11-21'), golden.to)) {
      const [, morningClose, afternoonOpen, close] = golden.hoursFrom.findLast(([from]) => from <= session)!;
      expect(sessionTimes(session)).toMatchObject({ morningClose, afternoonOpen, close });
    }
  });

  it('refuses a day without a session and says why there is none', () => {
    expect(() => sessionTimes(parseTradeDate('2020-10-01'))).toThrow(
      expect.objectContaining({ code: 'market.not-a-session', message: expect.stringContaining('System failure') }),
    );
  });
});
