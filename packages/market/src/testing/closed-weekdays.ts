import { readFileSync } from 'node:fs';
import { addDays, type TradeDate, weekday } from '../trade-date.ts';

interface Golden {
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly closedWeekdays: Readonly<Record<string, readonly string[]>>;
}

/** Returns the weekdays without a session, beside those of the Python package exchange_calendars. */
export function closedWeekdays(file: string, isSession: (date: TradeDate) => boolean) {
  const golden = JSON.parse(readFileSync(new URL(`../../oracles/${file}`, import.meta.url), 'utf8')) as Golden;
  const closed: TradeDate[] = [];
  for (let date = golden.from; date <= golden.to; date = addDays(date, 1)) {
    if (weekday(date) >= 1 && weekday(date) <= 5 && !isSession(date)) closed.push(date);
  }
  const years = Object.entries(golden.closedWeekdays);
  return { closed, expected: years.flatMap(([year, days]) => days.map((text) => `${year}-${text}`)) };
}
