import { type SessionFeature, sessionFeaturesOf } from '../feature-source.ts';

const feature = sessionFeaturesOf('calendar');

/** What is known ahead of the session t itself and of the session t + 1 that is predicted. */
export const calendarFeatures: readonly SessionFeature[] = [
  feature('weekday', 0, 'day of the week of the session, 1 Monday to 5 Friday', ({ calendar }) => calendar.weekday),
  feature('next_weekday', 0, 'day of the week of the next session', ({ calendar }) => calendar.nextWeekday),
  feature(
    'closed_days_before',
    1,
    'closed days between the session before and this one',
    ({ calendar }) => calendar.closedDaysBefore,
  ),
  feature(
    'closed_days_after',
    0,
    'closed days between this session and the next one',
    ({ calendar }) => calendar.closedDaysAfter,
  ),
  feature('next_day_of_month', 0, 'day of the month of the next session', ({ calendar }) => calendar.nextDayOfMonth),
  feature('next_month', 0, 'month of the next session, 1 to 12', ({ calendar }) => calendar.nextMonth),
  feature(
    'next_month_end',
    0,
    '1 when the next session is the last of its month',
    ({ calendar }) => calendar.nextIsMonthEnd,
  ),
  feature(
    'next_quarter_end',
    0,
    '1 when the next session is the last of March, June, September or December',
    ({ calendar }) => calendar.nextIsQuarterEnd,
  ),
  feature(
    'next_settlement',
    0,
    '1 when index futures and options settle at the opening of the next session (the second Friday)',
    ({ calendar }) => calendar.nextIsSettlement,
  ),
];
