import {
  calendarEnd,
  instantOf,
  isSession,
  japanDate,
  sessionsBetween,
  sessionTimes,
  type TradeDate,
} from '@daytrade/market';
import { Cron } from 'croner';
import { type Schedule, weekdays } from './schedule.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Longer than any closure of the exchange between two sessions. */
const horizonDays = 21;

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
      return cronTimes(dailyPattern('*', schedule.at), fromMs, toMs).filter((time) => isSession(japanDate(time)));
    case 'weekly':
      return cronTimes(dailyPattern(String(weekdays.indexOf(schedule.day)), schedule.at), fromMs, toMs);
    case 'hourly':
      return cronTimes(`${schedule.minute} * * * *`, fromMs, toMs);
    case 'market-hours':
      return sessionsBetween(japanDate(fromMs), earlier(japanDate(toMs), calendarEnd))
        .flatMap((session) => slotsOfSession(session, schedule.everyMinutes))
        .filter((time) => time > fromMs && time <= toMs);
    case 'on-demand':
    case 'continuous':
      return [];
  }
}

/** The first due time after an instant; undefined for schedules without times and beyond the end of the calendar. */
export function nextDueTime(schedule: Schedule, afterMs: number): number | undefined {
  const tomorrow = dueTimes(schedule, afterMs, afterMs + dayMs)[0];
  return tomorrow ?? dueTimes(schedule, afterMs + dayMs, afterMs + horizonDays * dayMs)[0];
}

function dailyPattern(dayOfWeek: string, at: string): string {
  const [hour, minute] = at.split(':');
  return `${Number(minute)} ${Number(hour)} * * ${dayOfWeek}`;
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

function earlier(one: TradeDate, other: TradeDate): TradeDate {
  return one < other ? one : other;
}
