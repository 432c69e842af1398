import { DayTradeError } from '@daytrade/errors';
import { type DayNumber, dateOfDayNumber, dayNumber, type TradeDate } from './trade-date.ts';

/** Japan is 9 hours ahead of UTC all year: no daylight saving time since 1951. */
const offsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The day in Japan at an instant given in milliseconds since 1970-01-01 UTC. */
export function japanDate(instantMs: number): TradeDate {
  return dateOfDayNumber(japanDay(instantMs));
}

/** As {@link japanDate}, in the form of columns and without a text on the way: it stands in loops over bars. */
export function japanDay(instantMs: number): DayNumber {
  return Math.floor((instantMs + offsetMs) / dayMs);
}

/** Minutes since midnight in Japan at an instant, whole ones. */
export function japanMinute(instantMs: number): number {
  return Math.floor((instantMs + offsetMs - japanDay(instantMs) * dayMs) / minuteMs);
}

/** Minutes after midnight of a time that is written as 'HH:MM'. */
export function minuteOf(time: string): number {
  return 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5));
}

/** The time of day in Japan at an instant, 'HH:MM:SS'. */
export function japanTime(instantMs: number): string {
  return new Date(instantMs + offsetMs).toISOString().slice(11, 19);
}

/**
 * The instant, in milliseconds since 1970-01-01 UTC, at which clocks in Japan show the time on the day.
 *
 * @param time 'HH:MM' or 'HH:MM:SS'
 * @throws DayTradeError `input.invalid` for another form of time
 */
export function instantOf(date: TradeDate, time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(time);
  if (match === null) {
    throw new DayTradeError('input.invalid', `time: expected HH:MM or HH:MM:SS, got ${JSON.stringify(time)}`);
  }
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  return dayNumber(date) * dayMs + seconds * 1000 - offsetMs;
}
