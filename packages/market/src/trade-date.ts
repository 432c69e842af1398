import { DayTradeError } from '@daytrade/errors';
import type { Unit } from './symbol-code.ts';

/** A day in Japan, 'YYYY-MM-DD'. Never a `Date`: a day has no time zone to get wrong. Compares with `<` as text. */
export type TradeDate = string & { readonly __brand: 'TradeDate' };

const millisecondsPerDay = 86_400_000;

/** True for the text of a day that exists in the Gregorian calendar. */
export function isTradeDate(text: string): text is TradeDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Reads a day.
 *
 * @param field what the value belongs to, for the message
 * @throws DayTradeError `market.date-invalid` with the value and what was expected
 */
export function parseTradeDate(text: string, field = 'date'): TradeDate {
  if (isTradeDate(text)) return text;
  throw new DayTradeError(
    'market.date-invalid',
    `${field}: expected a date that exists, as YYYY-MM-DD, got ${JSON.stringify(text)}`,
    {
      details: { field, value: text },
    },
  );
}

/** Days since 1970-01-01; made by {@link dayNumber}. */
export type DayNumber = Unit<'DayNumber'>;

/** Days since 1970-01-01: the integer by which columns hold a day. */
export function dayNumber(date: TradeDate): DayNumber {
  return Date.parse(date) / millisecondsPerDay;
}

/** Dates that were asked for, by day: panels ask for the same ones again and again. Those after 2149 are not kept. */
const known: (TradeDate | undefined)[] = [];
const mostKnown = 65_536;

/** The reverse of {@link dayNumber}. */
export function dateOfDayNumber(day: DayNumber): TradeDate {
  const before = known[day];
  if (before !== undefined) return before;
  const date = new Date(day * millisecondsPerDay).toISOString().slice(0, 10) as TradeDate;
  if (Number.isInteger(day) && day >= 0 && day < mostKnown) known[day] = date;
  return date;
}

/** The day `days` calendar days later (earlier when negative). */
export function addDays(date: TradeDate, days: number): TradeDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Day of the week, 0 for Sunday to 6 for Saturday. */
export function weekday(date: TradeDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}
