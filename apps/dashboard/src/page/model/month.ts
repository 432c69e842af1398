import type { SessionEntry, SessionList } from '@daytrade/contracts';
import { addDays, addMonths, weekdayFromMonday } from './japan-time.ts';

/** One day in the month view. */
export interface CalendarDay {
  readonly date: string;
  /** False for the days of the neighbour months that fill the first and the last week. */
  readonly inMonth: boolean;
  /** Its times when the exchange trades on it. */
  readonly session: SessionEntry | null;
  /** Why the exchange is closed on it. */
  readonly closedReason: string | null;
}

/** The first and the last day that the view of a month shows: whole weeks from Monday to Sunday. */
export function shownDays(month: string): { readonly from: string; readonly to: string } {
  const first = `${month}-01`;
  const last = addDays(addMonths(first, 1), -1);
  return { from: addDays(first, -weekdayFromMonday(first)), to: addDays(last, 6 - weekdayFromMonday(last)) };
}

/** The weeks of a month (`YYYY-MM`), each from Monday to Sunday. */
export function weeksOf(month: string, days: SessionList): readonly (readonly CalendarDay[])[] {
  const sessions = new Map<string, SessionEntry>(days.sessions.map((session) => [session.date, session]));
  const closed = new Map<string, string>(days.closed.map(({ date, reason }) => [date, reason]));
  const { from, to } = shownDays(month);
  const weeks: CalendarDay[][] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (weekdayFromMonday(date) === 0) weeks.push([]);
    weeks.at(-1)?.push({
      date,
      inMonth: date.startsWith(month),
      session: sessions.get(date) ?? null,
      closedReason: closed.get(date) ?? null,
    });
  }
  return weeks;
}

/** How many days of the month itself are sessions and how many are closed. */
export function countDays(weeks: readonly (readonly CalendarDay[])[]): {
  readonly open: number;
  readonly closed: number;
} {
  const days = weeks.flat().filter((day) => day.inMonth);
  return {
    open: days.filter((day) => day.session !== null).length,
    closed: days.filter((day) => day.session === null).length,
  };
}
