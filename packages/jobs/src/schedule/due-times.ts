import { hash } from 'node:crypto';
import {
  calendarEnd,
  compareText,
  instantOf,
  japanDate,
  japanTime,
  parseTradeDate,
  sessionsBetween,
  sessionTimes,
  type TradeDate,
} from '@daytrade/market';
import { type Schedule, weekdays } from './schedule.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const aSunday = parseTradeDate('2000-01-02');
/** Longer than any closure of the exchange between two sessions. */
const horizonDays = 21;
const calendarEndMs = instantOf(calendarEnd, '23:59');

/**
 * Returns every due time after `fromMs` up to `toMs`, oldest first; none for `on-demand` and `continuous`.
 *
 * @throws DayTradeError `market.date-out-of-range` for a schedule by sessions when `fromMs` is outside the calendar
 */
export function dueTimes(schedule: Schedule, fromMs: number, toMs: number): number[] {
  if (toMs <= fromMs) return [];
  switch (schedule.type) {
    case 'daily':
    case 'market-hours':
      return timesBetween(schedule, fromMs, toMs);
    case 'weekly':
      return periodic(weekMs, instantOf(aSunday, schedule.at) + weekdays.indexOf(schedule.day) * dayMs, fromMs, toMs);
    case 'hourly':
      return periodic(hourMs, schedule.minute * minuteMs, fromMs, toMs);
    case 'on-demand':
    case 'continuous':
      return [];
  }
}

/** Returns the first due time after an instant; undefined without one in the calendar. */
export function nextDueTime(schedule: Schedule, afterMs: number): number | undefined {
  return dueTimes(schedule, afterMs, afterMs + horizonDays * dayMs)[0];
}

type BySession = Extract<Schedule, { readonly type: 'daily' | 'market-hours' }>;

function timesBetween(schedule: BySession, fromMs: number, toMs: number): number[] {
  const sessions = sessionsBetween(japanDate(fromMs), japanDate(Math.min(toMs, calendarEndMs)));
  return sessions.flatMap((session) => timesOf(schedule, session)).filter((time) => time > fromMs && time <= toMs);
}

function timesOf(schedule: BySession, session: TradeDate): readonly number[] {
  return schedule.type === 'daily' ? [instantOf(session, schedule.at)] : slotsOfSession(session, schedule.everyMinutes);
}

/**
 * Returns the times of a period that contains `oneMs`. Japan is whole hours ahead of UTC and has no daylight saving
 * time, so minutes and weeks match UTC.
 */
function periodic(periodMs: number, oneMs: number, fromMs: number, toMs: number): number[] {
  const first = Math.floor((fromMs - oneMs) / periodMs) + 1;
  const last = Math.floor((toMs - oneMs) / periodMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => oneMs + (first + index) * periodMs);
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

/** Returns the prefix of all run keys of a scheduled job. */
export function keyPrefix(job: string): string {
  return `${job}/`;
}

/**
 * Returns the key of a due time: (job, session) for a daily or weekly job, otherwise (job, time slot). Schedulers that
 * see the same due time make the same key, and the ledger admits it once.
 */
export function slotKey(job: string, schedule: Schedule, dueAt: number): string {
  const day = japanDate(dueAt);
  const isOncePerDay = schedule.type === 'daily' || schedule.type === 'weekly';
  return keyPrefix(job) + (isOncePerDay ? day : `${day}T${japanTime(dueAt)}`);
}

/** Returns the key of a manual run, so that the same request during a run returns that run. */
export function manualKey(job: string, payload: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(Object.entries(payload).sort(([one], [other]) => compareText(one, other)));
  return `${keyPrefix(job)}manual-${hash('sha256', text).slice(0, 12)}`;
}
