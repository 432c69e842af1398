import { calendarEnd, instantOf, japanDate, sessionsBetween, sessionTimes, type TradeDate } from '@daytrade/market';
import { Cron } from 'croner';
import { type Schedule, type Weekday, weekdays } from './schedule.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 86_400_000;
/** Longer than any closure of the exchange between two sessions. */
const horizonDays = 21;
const calendarEndMs = instantOf(calendarEnd, '23:59');

/**
 * Every instant after `fromMs` and not after `toMs` at which the schedule is due, in milliseconds since 1970-01-01 UTC,
 * oldest first. Empty for schedules without times (on demand, continuous).
 *
 * @throws DayTradeError `market.date-out-of-range` for a schedule by sessions when `fromMs` is outside the calendar
 */
export function dueTimes(schedule: Schedule, fromMs: number, toMs: number): number[] {
  if (toMs <= fromMs) return [];
  switch (schedule.type) {
    case 'daily':
      return inSessions(fromMs, toMs, (session) => [instantOf(session, schedule.at)]);
    case 'market-hours':
      return inSessions(fromMs, toMs, (session) => slotsOfSession(session, schedule.everyMinutes));
    case 'weekly':
      return cronTimes(weeklyPattern(schedule.day, schedule.at), fromMs, toMs);
    case 'hourly':
      return hourlyTimes(schedule.minute, fromMs, toMs);
    case 'on-demand':
    case 'continuous':
      return [];
  }
}

/** The first due time after an instant; undefined for schedules without times and beyond the end of the calendar. */
export function nextDueTime(schedule: Schedule, afterMs: number): number | undefined {
  const tomorrow = dueTimes(schedule, afterMs, afterMs + dayMs)[0];
  return tomorrow ?? dueTimes(schedule, afterMs, afterMs + horizonDays * dayMs)[0];
}

/** Times of the sessions in the span, as far as the calendar goes. */
function inSessions(fromMs: number, toMs: number, timesOf: (session: TradeDate) => readonly number[]): number[] {
  return sessionsBetween(japanDate(fromMs), japanDate(Math.min(toMs, calendarEndMs)))
    .flatMap(timesOf)
    .filter((time) => time > fromMs && time <= toMs);
}

/** Japan is a whole number of hours ahead of UTC, so a minute of the hour is the same in both. */
function hourlyTimes(minute: number, fromMs: number, toMs: number): number[] {
  const sinceHour = minute * minuteMs;
  const first = Math.floor((fromMs - sinceHour) / hourMs) + 1;
  const last = Math.floor((toMs - sinceHour) / hourMs);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * hourMs + sinceHour);
}

function weeklyPattern(day: Weekday, at: string): string {
  const [hour, minute] = at.split(':');
  return `${Number(minute)} ${Number(hour)} * * ${weekdays.indexOf(day)}`;
}

function cronTimes(pattern: string, fromMs: number, toMs: number): number[] {
  const cron = new Cron(pattern, { timezone: 'Asia/Tokyo', paused: true });
  const times: number[] = [];
  for (let next = cron.nextRun(new Date(fromMs)); next !== null; next = cron.nextRun(next)) {
    if (next.getTime() > toMs) break;
    times.push(next.getTime());
  }
  return times;
}

function slotsOfSession(session: TradeDate, everyMinutes: number): number[] {
  const times = sessionTimes(session);
  const half = (open: string, close: string): number[] => {
    const first = instantOf(session, open);
    const count = Math.ceil((instantOf(session, close) - first) / (everyMinutes * minuteMs));
    return Array.from({ length: count }, (_, slot) => first + slot * everyMinutes * minuteMs);
  };
  return [...half(times.morningOpen, times.morningClose), ...half(times.afternoonOpen, times.close)];
}
