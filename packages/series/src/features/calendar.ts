import { type CalendarField, fromCalendar } from '../calendar-state.ts';
import { type Feature, featuresOf } from '../feature.ts';
import { everySymbol } from '../operators.ts';

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
