import type { SessionEntry } from '@daytrade/contracts';
import type { JapanTime } from './japan-time.ts';

/** Compares a session with a date and time in Japan. A session of unknown hours is over from the next day on. */
export function sessionPhase(
  date: string,
  sessions: readonly SessionEntry[],
  now: JapanTime,
): 'over' | 'today' | 'next' {
  if (date > now.date) return 'next';
  const session = sessions.find((entry) => entry.date === date);
  const closed = session === undefined ? date < now.date : hasClosed(session, now);
  return closed ? 'over' : 'today';
}

function hasClosed({ date, close }: SessionEntry, now: JapanTime): boolean {
  return date < now.date || (date === now.date && now.time >= close);
}
