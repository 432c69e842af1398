import type { CalendarState } from './calendar-state.ts';
import { Series } from './series.ts';

/** What a {@link CalendarState} says of a session. */
export const calendarFields = [
  'weekday',
  'nextWeekday',
  'closedDaysBefore',
  'closedDaysAfter',
  'nextDayOfMonth',
  'nextMonth',
  'nextIsMonthEnd',
  'nextIsQuarterEnd',
  'nextIsSettlement',
] as const satisfies readonly (keyof CalendarState)[];

export type CalendarField = (typeof calendarFields)[number];

/** A field of the calendar, one number per session. */
export function fromCalendar(field: CalendarField): Series {
  return new Series(field, [], undefined, 'session');
}
