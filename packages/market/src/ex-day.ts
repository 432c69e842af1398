import { addSessions, calendarEnd, isSession, nextSession, previousSession } from './calendar.ts';
import { addDays, parseTradeDate, type TradeDate } from './trade-date.ts';

/** Source: Japan Securities Clearing Corporation. Trades are settled two business days later; before, three. */
const settledInTwoFrom = parseTradeDate('2019-07-16');

/** The days of a month, beside its last, on which companies fix who gets a dividend. */
const usualRecordDay = 20;

/**
 * The ex-day of a record date: the first session whose trades are settled after it, so that who buys then gets no
 * dividend.
 *
 * @throws DayTradeError `market.date-out-of-range`
 */
export function exDayOf(recordDate: TradeDate): TradeDate {
  const recorded = isSession(recordDate) ? recordDate : previousSession(recordDate);
  const exDay = addSessions(recorded, -1);
  // Trades of the session before the change and of its first one were settled on the same day.
  return exDay > settledInTwoFrom ? exDay : addSessions(recorded, -2);
}

/**
 * The ex-day that follows an ex-day after a year, for a company that keeps its record date: the end of a month, its
 * 20th, or the day itself where it is neither.
 *
 * @returns undefined where the calendar does not reach as far
 */
export function exDayAYearLater(exDay: TradeDate): TradeDate | undefined {
  const recorded = addSessions(exDay, exDay >= settledInTwoFrom ? 1 : 2);
  const after = nextSession(recorded);
  const year = Number(recorded.slice(0, 4)) + 1;
  const month = Number(recorded.slice(5, 7));
  const recordDate =
    after.slice(5, 7) === recorded.slice(5, 7) ? inMonth(year, month, recorded, after) : endOf(year, month);
  return recordDate > calendarEnd ? undefined : exDayOf(recordDate);
}

function inMonth(year: number, month: number, recorded: TradeDate, after: TradeDate): TradeDate {
  const [from, to] = [Number(recorded.slice(8)), Number(after.slice(8))];
  const day = from <= usualRecordDay && usualRecordDay < to ? usualRecordDay : from;
  // February 29 of a leap year counts as the end of the month.
  return parseTradeDate(`${year}-${padded(month)}-${padded(day)}`);
}

function endOf(year: number, month: number): TradeDate {
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return addDays(parseTradeDate(`${nextYear}-${padded(nextMonth)}-01`), -1);
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
