import type { SessionEntry } from '@daytrade/contracts';
import { type JapanTime, secondsOfDay } from './japan-time.ts';

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
