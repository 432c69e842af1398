import { type DayNumber, dateOfDayNumber, dayNumber, isSession, nextSession } from '@daytrade/market';
import { type Feature, featuresOf } from './feature.ts';
import { everySymbol } from './operators.ts';
import { Series } from './series.ts';

const friday = 5;
const millisecondsPerDay = 86_400_000;

/**
 * Facts of the exchange's calendar about a session and the next one, which is predicted and known ahead. Days of the
 * week are 0 for Sunday to 6 for Saturday.
 */
export class CalendarState {
  weekday = NaN;
  nextWeekday = NaN;
  /** Calendar days without a session between the session before and this one; NaN at the first. */
  closedDaysBefore = NaN;
  /** Calendar days without a session between this one and the next. */
  closedDaysAfter = NaN;
  nextDayOfMonth = NaN;
  nextMonth = NaN;
  nextIsMonthEnd = NaN;
  nextIsQuarterEnd = NaN;
  /** 1 when futures and options settle at the next session's opening: the second Friday, or the session before it. */
  nextIsSettlement = NaN;
  #day = NaN;
  /** Dates of the next session's month: its first day, its last session and the session of its settlement. */
  #firstOfMonth = NaN;
  #lastOfMonth = NaN;
  #settlement = NaN;

  /** @throws DayTradeError `market.date-out-of-range` when the next session lies beyond the calendar */
  push(day: DayNumber): void {
    const nextDate = nextSession(dateOfDayNumber(day));
    const next = dayNumber(nextDate);
    this.closedDaysBefore = day - this.#day - 1;
    this.#day = day;
    this.weekday = weekdayOf(day);
    this.nextWeekday = weekdayOf(next);
    this.closedDaysAfter = next - day - 1;
    this.nextMonth = Number(nextDate.slice(5, 7));
    this.nextDayOfMonth = Number(nextDate.slice(8, 10));
    const firstOfMonth = next - this.nextDayOfMonth + 1;
    if (firstOfMonth !== this.#firstOfMonth) this.#enterMonth(firstOfMonth, Number(nextDate.slice(0, 4)));
    this.nextIsMonthEnd = next === this.#lastOfMonth ? 1 : 0;
    this.nextIsQuarterEnd = this.nextMonth % 3 === 0 ? this.nextIsMonthEnd : 0;
    this.nextIsSettlement = next === this.#settlement ? 1 : 0;
  }

  #enterMonth(firstOfMonth: number, year: number): void {
    this.#firstOfMonth = firstOfMonth;
    this.#lastOfMonth = lastSessionUntil(Date.UTC(year, this.nextMonth, 0) / millisecondsPerDay);
    const firstFriday = firstOfMonth + ((friday - weekdayOf(firstOfMonth) + 7) % 7);
    this.#settlement = lastSessionUntil(firstFriday + 7);
  }
}

function weekdayOf(day: DayNumber): number {
  return (day + 4) % 7;
}

function lastSessionUntil(day: DayNumber): DayNumber {
  let last = day;
  while (!isSession(dateOfDayNumber(last))) last -= 1;
  return last;
}

/** The numbers of a {@link CalendarState}. */
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

type CalendarField = (typeof calendarFields)[number];

/** A field of the calendar, one number per session. */
export function fromCalendar(field: CalendarField): Series {
  return new Series(field, [], undefined, 'session');
}

const featureOfGroup = featuresOf('calendar');

function feature(name: string, lookback: number, description: string, field: CalendarField): Feature {
  return featureOfGroup(name, lookback, description, everySymbol(fromCalendar(field)));
}

/** Features of the session t and of the predicted session t + 1, known ahead. */
export const calendarFeatures: readonly Feature[] = [
  feature('weekday', 0, 'day of the week of the session, 1 Monday to 5 Friday', 'weekday'),
  feature('next_weekday', 0, 'day of the week of the next session', 'nextWeekday'),
  feature('closed_days_before', 1, 'closed days between the session before and this one', 'closedDaysBefore'),
  feature('closed_days_after', 0, 'closed days between this session and the next one', 'closedDaysAfter'),
  feature('next_day_of_month', 0, 'day of the month of the next session', 'nextDayOfMonth'),
  feature('next_month', 0, 'month of the next session, 1 to 12', 'nextMonth'),
  feature('next_month_end', 0, '1 when the next session is the last of its month', 'nextIsMonthEnd'),
  feature(
    'next_quarter_end',
    0,
    '1 when the next session is the last of March, June, September or December',
    'nextIsQuarterEnd',
  ),
  feature(
    'next_settlement',
    0,
    '1 when index futures and options settle at the opening of the next session (the second Friday)',
    'nextIsSettlement',
  ),
];
