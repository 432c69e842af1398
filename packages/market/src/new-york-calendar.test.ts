import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isNewYorkSession, lastNewYorkSession, newYorkClosedReason } from './new-york-calendar.ts';
import { addDays, parseTradeDate, type TradeDate, weekday } from './trade-date.ts';

const day = (text: string) => parseTradeDate(text);

interface Golden {
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly closedWeekdays: Readonly<Record<string, readonly string[]>>;
}

const golden = JSON.parse(
  readFileSync(new URL('../oracles/new-york-closed-weekdays.golden.json', import.meta.url), 'utf8'),
) as Golden;

it('closes the same weekdays as the Python package exchange_calendars', () => {
  const closed: string[] = [];
  for (let date = golden.from; date <= golden.to; date = addDays(date, 1)) {
    if (weekday(date) >= 1 && weekday(date) <= 5 && !isNewYorkSession(date)) closed.push(date);
  }
  const expected = Object.entries(golden.closedWeekdays).flatMap(([year, days]) =>
    days.map((text) => `${year}-${text}`),
  );
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
