import { describe, expect, it } from 'vitest';
import { exDayAYearLater, exDayOf } from './ex-day.ts';
import { parseTradeDate } from './trade-date.ts';

describe('exDayOf', () => {
  it.each([
    // Record date on a Sunday; two sessions before while trades were settled in three days.
    ['2019-03-31', '2019-03-27'],
    ['2024-03-31', '2024-03-28'],
    ['2024-09-30', '2024-09-27'],
    ['2025-03-31', '2025-03-28'],
    // The last session of the year is December 30.
    ['2024-12-31', '2024-12-27'],
    ['2025-02-20', '2025-02-19'],
    // Trades of 2019-07-12, settled in three days, and of 2019-07-16, settled in two, were both settled on 07-18.
    ['2019-07-16', '2019-07-11'],
    ['2019-07-17', '2019-07-12'],
    ['2019-07-18', '2019-07-17'],
    ['2025-07-21', '2025-07-17'],
  ])('of a record date %s is %s', (recordDate, exDay) => {
    expect(exDayOf(parseTradeDate(recordDate))).toBe(exDay);
  });
});

describe('exDayAYearLater', () => {
  it.each([
    ['2023-03-30', '2024-03-28'],
    ['2024-03-28', '2025-03-28'],
    ['2019-03-27', '2020-03-30'],
    // A record date of the 20th, a Monday in 2023 and a Tuesday in 2024.
    ['2023-02-17', '2024-02-19'],
    ['2024-12-27', '2025-12-29'],
    ['2024-02-28', '2025-02-27'],
    // Neither the end of a month nor its 20th: record dates of the 10th, 19th, 21st and 25th.
    ['2024-07-09', '2025-07-09'],
    ['2024-06-18', '2025-06-18'],
    ['2024-06-20', '2025-06-19'],
    ['2024-07-24', '2025-07-24'],
    // A record date of the 20th itself.
    ['2024-06-19', '2025-06-19'],
    // The first year of trades settled in two days.
    ['2018-07-26', '2019-07-29'],
  ])('of %s is %s', (exDay, later) => {
    expect(exDayAYearLater(parseTradeDate(exDay))).toBe(later);
  });

  it('is not known beyond the calendar', () => {
    expect(exDayAYearLater(parseTradeDate('2030-03-28'))).toBeUndefined();
    // A record date on the last day of the calendar.
    expect(exDayAYearLater(parseTradeDate('2029-12-27'))).toBe('2030-12-27');
  });
});
