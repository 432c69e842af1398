import holidayCalendar from '@holiday-jp/holiday_jp';
import { addDays, type TradeDate, weekday } from './trade-date.ts';

/**
 * National holidays by date key. The library's functions that take a `Date` are not used: they read it in the time
 * zone of the process. Equinox days after the current year are the astronomical forecast until the Cabinet Office
 * publishes them.
 */
const holidays: Readonly<Record<string, { readonly name: string; readonly name_en: string } | undefined>> =
  holidayCalendar.holidays;

/** Days of the imperial succession, made holidays by special laws: the library has them without a proper name. */
const succession: Readonly<Record<string, string | undefined>> = {
  '2019-04-30': 'Holiday (weekday between two holidays)',
  '2019-05-01': 'Holiday (accession of the Emperor)',
  '2019-05-02': 'Holiday (weekday between two holidays)',
  '2019-10-22': 'Holiday (enthronement ceremony)',
};

/** Days on which the exchange should have been open and was not. */
const halts: Readonly<Record<string, string | undefined>> = {
  '2020-10-01': 'System failure of the exchange, halted all day',
};

/** Why the exchange is closed on the day, in English, or undefined when it is a session. Knows no bounds of years. */
export function reasonClosed(date: TradeDate): string | undefined {
  const day = weekday(date);
  if (day === 0) return 'Sunday';
  if (day === 6) return 'Saturday';
  return halts[date] ?? succession[date] ?? nationalHoliday(date) ?? newYearClosure(date);
}

function nationalHoliday(date: TradeDate): string | undefined {
  const holiday = holidays[date];
  if (holiday === undefined) return undefined;
  if (holiday.name === '休日') return 'Holiday (weekday between two holidays)';
  if (!holiday.name.endsWith('振替休日')) return holiday.name_en;
  return `Substitute holiday for ${holidays[sundayBefore(date)]?.name_en ?? 'a holiday on Sunday'}`;
}

/** A substitute holiday is the first free day after a holiday that fell on a Sunday. */
function sundayBefore(date: TradeDate): TradeDate {
  return addDays(date, -weekday(date));
}

function newYearClosure(date: TradeDate): string | undefined {
  const monthDay = date.slice(5);
  if (monthDay === '12-31') return 'Exchange holiday (year end)';
  if (monthDay === '01-02' || monthDay === '01-03') return 'Exchange holiday (New Year)';
  return undefined;
}
