import { DayTradeError } from '@daytrade/errors';
import { calendarEnd, calendarStart } from './calendar.ts';
import { parseTradeDate, type TradeDate } from './trade-date.ts';

/**
 * Reads a day that the exchange calendar knows.
 *
 * @param field what the value belongs to, for the message
 * @throws DayTradeError `market.date-invalid`; `market.date-out-of-range` naming the field and the range
 */
export function parseCalendarDate(text: string, field = 'date'): TradeDate {
  const date = parseTradeDate(text, field);
  if (date >= calendarStart && date <= calendarEnd) return date;
  throw new DayTradeError(
    'market.date-out-of-range',
    `${field}: expected a day from ${calendarStart} to ${calendarEnd}, got ${JSON.stringify(text)}`,
    { details: { field, value: text, from: calendarStart, to: calendarEnd } },
  );
}
