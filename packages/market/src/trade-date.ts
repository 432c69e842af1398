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
  );
}

/** Days since 1970-01-01; made by {@link dayNumber}. */
export type DayNumber = Unit<'DayNumber'>;

/**
 * Days since 1970-01-01: the integer by which columns hold a day. Counted from the digits, as it stands in the inner
 * loop of the calendar; the year begins in March here, so that the leap day is its last.
 */
export function dayNumber(date: TradeDate): DayNumber {
  const month = digits(date, 5, 2);
  const year = digits(date, 0, 4) - (month <= 2 ? 1 : 0);
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + Math.floor((monthFromMarch * 153 + 2) / 5) + digits(date, 8, 2) - dayBaseOffset;
}

/** Days from 0000-03-01 to 1970-01-01, plus one as days of a month count from 1. */
const dayBaseOffset = 719_469;

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
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
