import { describe, expect, it } from 'vitest';
import { isNewYorkSession, lastNewYorkSession, newYorkClosedReason } from './new-york-calendar.ts';
import { closedWeekdays } from './testing/closed-weekdays.ts';
import { addDays, parseTradeDate } from './trade-date.ts';

const day = (text: string) => parseTradeDate(text);

it('closes the same weekdays as the Python package exchange_calendars', () => {
  const { closed, expected } = closedWeekdays('new-york-closed-weekdays.golden.json', isNewYorkSession);
  expect(closed).toEqual(expected);
});

// Easter Sundays by the Python package dateutil, `dateutil.easter.easter`.
it.each([
  ['2000-04-23', '2001-04-15', '2002-03-31', '2003-04-20', '2004-04-11', '2005-03-27', '2006-04-16', '2007-04-08'],
  ['2008-03-23', '2009-04-12', '2010-04-04', '2011-04-24', '2012-04-08', '2013-03-31', '2014-04-20', '2015-04-05'],
  ['2016-03-27', '2017-04-16', '2018-04-01', '2019-04-21', '2020-04-12', '2021-04-04', '2022-04-17', '2023-04-09'],
  ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21'],
  // The earliest and the latest of 200 years, and those in which the paschal moon is moved.
  ['1913-03-23', '1943-04-25', '1954-04-18', '1981-04-19', '2038-04-25', '2049-04-18', '2076-04-19', '2079-04-23'],
])('keeps Good Friday two days before Easter in the years from %s on', (...easters) => {
  const fridays = easters.map((easter) => addDays(day(easter), -2));
  expect(fridays.map(newYorkClosedReason)).toEqual(fridays.map(() => 'Good Friday'));
});

describe('newYorkClosedReason', () => {
  it.each([
    ['2026-11-26', 'Thanksgiving Day'],
    ['2026-07-03', 'Independence Day'],
    ['2022-06-20', 'Juneteenth'],
    ['2023-01-02', "New Year's Day"],
    ['2024-03-29', 'Good Friday'],
    ['2012-10-29', 'Hurricane Sandy'],
    ['2026-11-28', 'Saturday'],
  ])('says why New York was closed on %s: %s', (date, reason) => {
    expect(newYorkClosedReason(day(date))).toBe(reason);
  });
});

describe('lastNewYorkSession', () => {
  it.each([
    ['2026-11-25', '2026-11-24'],
    ['2026-11-27', '2026-11-25'],
    ['2026-11-30', '2026-11-27'],
    ['2024-05-28', '2024-05-24'],
  ])('of Tokyo on %s is %s', (tokyo, newYork) => {
    expect(lastNewYorkSession(day(tokyo))).toBe(newYork);
  });
});
