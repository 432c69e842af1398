import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSessions,
  calendarEnd,
  calendarStart,
  closedReason,
  countSessions,
  isSession,
  nextSession,
  previousSession,
  sessionsBetween,
} from './calendar.ts';
import { closedWeekdays } from './testing/closed-weekdays.ts';
import { addDays, dateOfDayNumber, dayNumber, parseTradeDate } from './trade-date.ts';

const day = (text: string) => parseTradeDate(text);
const anyDay = fc
  .integer({ min: dayNumber(day('2000-01-11')), max: dayNumber(day('2030-12-20')) })
  .map(dateOfDayNumber);

describe('the calendar against independent sources', () => {
  // No day differs: exchange_calendars also closes 2020-10-01, the day of the system failure.
  it('closes the same weekdays from 2000 to 2026 as the Python package exchange_calendars', () => {
    const { closed, expected } = closedWeekdays('closed-weekdays.golden.json', isSession);
    expect(closed).toEqual(expected);
  });
});

describe('closedReason', () => {
  it.each([
    ['2026-11-21', 'Saturday'],
    ['2026-11-22', 'Sunday'],
    ['2025-01-03', 'Exchange holiday (New Year)'],
    ['2026-11-23', 'Labor Thanksgiving Day'],
    ['2024-01-01', "New Year's Day"],
    ['2024-01-02', 'Exchange holiday (New Year)'],
    ['2024-12-31', 'Exchange holiday (year end)'],
    ['2023-01-02', "Substitute holiday for New Year's Day"],
    ['2026-09-22', 'Holiday (weekday between two holidays)'],
    ['2019-05-01', 'Holiday (accession of the Emperor)'],
    ['2019-10-22', 'Holiday (enthronement ceremony)'],
    ['2020-10-01', 'System failure of the exchange, halted all day'],
    ['2021-07-23', 'Health and Sports Day'],
  ])('says why %s is closed: %s', (date, reason) => {
    expect(closedReason(day(date))).toBe(reason);
    expect(isSession(day(date))).toBe(false);
  });
});

it('gives no reason for a session', () => {
  expect(['2026-11-20', '2024-12-30', '2024-01-04'].map((date) => closedReason(day(date)))) //
    .toEqual([undefined, undefined, undefined]);
});

describe('moving by sessions', () => {
  it('stays on a session by 0, and counts the closed days between as none', () => {
    expect(addSessions(day('2026-09-18'), 0)).toBe('2026-09-18');
    expect(addSessions(day('2026-09-18'), 1)).toBe('2026-09-24');
    expect(addSessions(day('2026-09-24'), -2)).toBe('2026-09-17');
  });

  it('lists and counts nothing from a day to one before it', () => {
    expect(sessionsBetween(day('2026-09-25'), day('2026-09-17'))).toEqual([]);
    expect(countSessions(day('2026-09-25'), day('2026-09-17'))).toBe(0);
    expect(countSessions(day('2026-09-25'), day('2026-09-24'))).toBe(0);
  });

  it('counts from a closed day to its neighbours', () => {
    expect(addSessions(day('2026-09-21'), 1)).toBe('2026-09-24');
    expect(addSessions(day('2026-09-21'), -1)).toBe('2026-09-18');
    expect(() => addSessions(day('2026-09-21'), 0)).toThrow(
      /2026-09-21: the exchange is closed \(Respect for the Aged/,
    );
  });

  it('adding and subtracting a number of sessions is where it began, and the list between has one more', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -6, max: 6 }), (date, count) => {
        // Six sessions before the first day of the calendar, and after its last, nothing is known.
        fc.pre(date > '2000-02-01' && date < '2030-12-01');
        const start = previousSession(date);
        const end = addSessions(start, count);
        expect(addSessions(end, -count)).toBe(start);
        const between = count < 0 ? sessionsBetween(end, start) : sessionsBetween(start, end);
        expect(between).toHaveLength(Math.abs(count) + 1);
        expect(between).toContain(start);
        expect(between).toContain(end);
      }),
    );
  });

  it('lists exactly the days that are sessions, in order, as many as it counts', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 40 }), (from, length) => {
        const days = Array.from({ length: length + 1 }, (_, i) => addDays(from, i));
        const to = addDays(from, length);
        if (to > calendarEnd) return;
        expect(sessionsBetween(from, to)).toEqual(days.filter(isSession));
        expect(countSessions(from, to)).toBe(days.filter(isSession).length);
      }),
    );
  });
});

describe('the bounds of the calendar', () => {
  it('knows the first and the last day', () => {
    expect(closedReason(calendarStart)).toBe('Saturday');
    expect(nextSession(calendarStart)).toBe('2000-01-04');
    expect(previousSession(calendarEnd)).toBe('2030-12-30');
    expect(isSession(calendarEnd)).toBe(false);
    expect(sessionsBetween(calendarStart, calendarEnd)).toHaveLength(countSessions(calendarStart, calendarEnd));
    expect(sessionsBetween(day('2030-12-27'), calendarEnd)).toEqual(['2030-12-27', '2030-12-30']);
    expect(sessionsBetween(calendarStart, day('2000-01-05'))).toEqual(['2000-01-04', '2000-01-05']);
  });

  it.each(['1999-12-31', '2031-01-01'])('refuses %s with the range that is known', (date) => {
    const refusal = expect.objectContaining({
      code: 'market.date-out-of-range',
      message: expect.stringContaining('from 2000-01-01 to 2030-12-31'),
    });
    expect(() => isSession(day(date))).toThrow(refusal);
    expect(() => closedReason(day(date))).toThrow(refusal);
    expect(() => sessionsBetween(day(date), day('2026-01-05'))).toThrow(refusal);
  });

  it('refuses to step over the ends', () => {
    expect(() => nextSession(day('2030-12-30'))).toThrow(
      '2030-12-30: no session 1 after it is known, the exchange calendar goes from 2000-01-01 to 2030-12-31',
    );
    expect(() => previousSession(day('2000-01-04'))).toThrow(/^2000-01-04: no session 1 before it is known, /);
    expect(() => addSessions(day('2030-12-27'), 3)).toThrow(/no session 3 after it is known/);
    expect(() => addSessions(day('2000-01-05'), -2)).toThrow(/no session 2 before it is known/);
  });
});
