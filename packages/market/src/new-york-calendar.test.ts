import { describe, expect, it } from 'vitest';
import { isNewYorkSession, lastNewYorkSession, newYorkClosedReason } from './new-york-calendar.ts';
import { closedWeekdays } from './testing/closed-weekdays.ts';
import { parseTradeDate } from './trade-date.ts';

const day = (text: string) => parseTradeDate(text);

it('closes the same weekdays as the Python package exchange_calendars', () => {
  const { closed, expected } = closedWeekdays('new-york-closed-weekdays.golden.json', isNewYorkSession);
  expect(closed).toEqual(expected);
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
