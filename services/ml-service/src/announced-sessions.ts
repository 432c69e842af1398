import type { AnnouncedSessions } from '@daytrade/ensemble';
import { announcedAt, dateOfDayNumber, dayNumber, instantOf, japanTime, sessionMovedBy } from '@daytrade/market';
import type { Panel, ResultsAnnouncement } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';

/**
 * For each symbol of a panel the sessions whose closes were the first to know an announcement of its results. A plan
 * counts where it stood to the end of its day and no results came otherwise.
 */
export async function readAnnounced(
  { announcements }: Pick<Stores, 'announcements'>,
  { days, symbols }: Pick<Panel, 'days' | 'symbols'>,
): Promise<AnnouncedSessions | undefined> {
  if (days.length === 0) return undefined;
  const calendar = await announcements.calendar(symbols.map(({ symbol }) => symbol));
  return calendar.map((known = []) => {
    const moved = known.filter(({ day }) => day >= days[0]! && day <= days.at(-1)!).flatMap(sessionsOf);
    return [...new Set(moved)].filter((day) => day <= days.at(-1)!).toSorted((one, other) => one - other);
  });
}

function sessionsOf({ day, minute, knownUntil = Infinity }: ResultsAnnouncement): readonly number[] {
  const date = dateOfDayNumber(day);
  if (knownUntil <= announcedAt(date, null)) return [];
  const time = minute === undefined ? null : japanTime(instantOf(date, '00:00') + minute * 60_000).slice(0, 5);
  return [dayNumber(sessionMovedBy(date, time))];
}
