import { DayTradeError } from '@daytrade/errors';

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

/** Days since 1970-01-01: the integer by which columns hold a day. */
export function dayNumber(date: TradeDate): number {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;
}

/** The reverse of {@link dayNumber}. */
export function dateOfDayNumber(day: number): TradeDate {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10) as TradeDate;
}

/** The day `days` calendar days later (earlier when negative). */
export function addDays(date: TradeDate, days: number): TradeDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Day of the week, 0 for Sunday to 6 for Saturday. */
export function weekday(date: TradeDate): number {
  return (dayNumber(date) + 4) % 7;
}
