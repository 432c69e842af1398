import type { AnnouncedSessions } from '@daytrade/ensemble';
import { dateOfDayNumber, dayNumber, sessionMovedBy } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';

/**
 * For each symbol of a panel the sessions whose closes were the first to know an announcement of its results; what was
 * only planned is none. Undefined for the synthetic exchange, whose companies announce nothing.
 */
export async function readAnnounced(
  { announcements }: Pick<Stores, 'announcements'>,
  { days, symbols }: Pick<Panel, 'days' | 'symbols'>,
  synthetic: boolean,
): Promise<AnnouncedSessions | undefined> {
  if (synthetic || days.length === 0) return undefined;
  const known = await announcements.between(dateOfDayNumber(days[0]!), dateOfDayNumber(days.at(-1)!));
  const bySymbol = Map.groupBy(
    known.filter(({ kind }) => kind === 'made'),
    ({ symbol }) => symbol,
  );
  return symbols.map(({ symbol }) => {
    const moved = (bySymbol.get(symbol) ?? []).map(({ date, time }) => dayNumber(sessionMovedBy(date, time)));
    return [...new Set(moved)];
  });
}
