import type { SessionEntry, SessionList } from '@daytrade/contracts';
import { addDays, addMonths, type JapanTime, secondsOfDay, weekdayFromMonday } from './japan-time.ts';

/** One day in the month view. */
export interface CalendarDay {
  readonly date: string;
  /** False for the days of the neighbour months that fill the first and the last week. */
  readonly inMonth: boolean;
  /** Its times, null if the exchange is closed. */
  readonly session: SessionEntry | null;
  /** The reason of a closed day. */
  readonly closedReason: string | null;
}

/** Returns the first and the last day of the view of a month: whole weeks from Monday to Sunday. */
export function shownDays(month: string): { readonly from: string; readonly to: string } {
  const first = `${month}-01`;
  const last = addDays(addMonths(first, 1), -1);
  return { from: addDays(first, -weekdayFromMonday(first)), to: addDays(last, 6 - weekdayFromMonday(last)) };
}

/** Returns the weeks of a month (`YYYY-MM`), each from Monday to Sunday. */
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

/** Counts the sessions and the closed days of the month itself. */
export function countDays(weeks: readonly (readonly CalendarDay[])[]) {
  const days = weeks.flat().filter((day) => day.inMonth);
  return {
    open: days.filter((day) => day.session !== null).length,
    closed: days.filter((day) => day.session === null).length,
  };
}

/** A stretch of the trading day, in shares (0 to 1) of the time from the open to the close. */
export interface DayPart {
  readonly part: 'morning' | 'lunch' | 'afternoon' | 'auction';
  readonly from: number;
  readonly to: number;
}

/** Returns the parts of a session from its open to its close. A half day has a morning only. */
export function dayParts(session: SessionEntry): readonly DayPart[] {
  const share = (time: string) => shareOfDay(session, time);
  const morning: DayPart = { part: 'morning', from: 0, to: share(session.morningClose) };
  if (session.afternoonOpen === null) return [morning];
  const parts: DayPart[] = [
    morning,
    { part: 'lunch', from: share(session.morningClose), to: share(session.afternoonOpen) },
    { part: 'afternoon', from: share(session.afternoonOpen), to: share(session.continuousClose) },
  ];
  if (session.continuousClose !== session.close) {
    parts.push({ part: 'auction', from: share(session.continuousClose), to: 1 });
  }
  return parts;
}

/** Returns the place of a time of the day (HH:MM or HH:MM:SS, Japan) between open (0) and close (1). */
export function shareOfDay(session: SessionEntry, time: string): number {
  const open = secondsOfDay(session.morningOpen);
  const close = secondsOfDay(session.close);
  return Math.min(1, Math.max(0, (secondsOfDay(time) - open) / (close - open)));
}

/** Compares a session with a date and time in Japan. A session of unknown hours is over from the next day on. */
export function sessionPhase(
  date: string,
  sessions: readonly SessionEntry[],
  now: JapanTime,
): 'over' | 'today' | 'next' {
  if (date > now.date) return 'next';
  const session = sessions.find((each) => each.date === date);
  const closed = session === undefined ? date < now.date : hasClosed(session, now);
  return closed ? 'over' : 'today';
}

function hasClosed({ date, close }: SessionEntry, now: JapanTime): boolean {
  return date < now.date || (date === now.date && now.time >= close);
}
