import { calendarEnd, calendarStart, dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { dayOfSession, minutesOfSession, sessionIndex, timeOrder } from './session-index.ts';

const day = (date: string) => dayNumber(parseTradeDate(date));

describe('the position of a session', () => {
  it('counts the sessions from the first one of the calendar on, and leads back to its day', () => {
    const days = sessionsBetween(calendarStart, calendarEnd).map(dayNumber);
    expect(days.map(sessionIndex)).toEqual(days.map((_, index) => index));
    expect(days.map((_, index) => dayOfSession(index))).toEqual(days);
    expect(sessionIndex(day('2000-01-04'))).toBe(0);
  });

  it.each(['2000-01-03', '2024-01-06', '2024-01-08', '2030-12-31'])('is undefined on the closed day %s', (date) => {
    expect(sessionIndex(day(date))).toBeUndefined();
  });
});

it.each([
  ['2024-11-01', 15 * 60],
  ['2024-11-05', 15 * 60 + 30],
])('the session of %s has its two halves, and closes at minute %d', (date, close) => {
  const minutes = { morningOpen: 9 * 60, morningClose: 11 * 60 + 30, afternoonOpen: 12 * 60 + 30, close };
  // A second question has the same answer.
  expect([minutesOfSession(day(date)), minutesOfSession(day(date))]).toEqual([minutes, minutes]);
});

it.each([
  [[], []],
  [
    [1, 2, 2, 3],
    [0, 1, 2, 3],
  ],
  [
    [3, 1, 2, 1],
    [1, 3, 2, 0],
  ],
  [
    [2, 1],
    [1, 0],
  ],
])('rows at the times %j are in the order %j', (times, order) => {
  expect([...timeOrder(Float64Array.from(times))]).toEqual(order);
});
